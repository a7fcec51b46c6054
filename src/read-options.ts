import { builtIn } from './adapters/built-in.js'
import { type PublicKeyProblem, publicKeyProblem } from './domain/ed25519-key.js'
import { FlavorLicenseError, type MisuseCode } from './domain/errors.js'
import { type HubUrlProblem, parseHubUrl } from './domain/hub-url.js'
import { type DomainName, type DomainNameProblem, parseDomainName } from './domain/license/domain-name.js'
import { isProductSlug } from './domain/license/product-slug.js'
import { defaultVerificationPolicy } from './domain/license/verification-policy.js'
import { isVersion } from './domain/update/version.js'
import type { Settings } from './engine/settings.js'
import type { LicenseClientOptions } from './options.js'
import { packageVersion } from './package-version.js'
import { decodeBase64Url } from './protocol/base64url.js'
import { machineRoutes, type RateLimit, rateLimits } from './protocol/routes.js'

const documentedHub = 'https://admin.flavorteam.dev/api/v1'

/**
 * The settings that an author's options amount to. Checked here once and completely, so that a mistake shows when the
 * client is made and not on a customer's machine.
 *
 * @throws FlavorLicenseError with one sentence for the first mistake found.
 */
export function readOptions(options: LicenseClientOptions): Settings {
  requireGroups({ 'the options': options })
  const {
    product,
    domain,
    hub = {},
    directory,
    installationId,
    channel,
    components,
    verifyIntervalMs,
    gracePeriodMs,
    expiryGraceMs,
    verifyDeadlineMs,
    requestDeadlineMs,
    sharedStore: _sharedStore,
    dispatcher: _dispatcher,
    fetch: _fetch,
    ...unknown
  } = options
  requireNone('option', unknown)
  requireGroups({ hub, ...(components !== undefined && { components }) })
  const { url, trustedKeys = {}, routes = {}, limits = {}, ...unknownOfHub } = hub
  requireNone('option of the hub', unknownOfHub)
  requireGroups({ 'hub.trustedKeys': trustedKeys, 'hub.routes': routes, 'hub.limits': limits })
  const { slug, version } = readProduct(product)
  requireDirectory(directory)
  if (components !== undefined) requireDirectory(components.directory ?? null, 'components.directory')
  requireTransport(options)
  requireSharedStore(options)
  return {
    hub: readHubUrl(url),
    hubKeys: readTrustedKeys(trustedKeys),
    routes: readRoutes(machineRoutes, routes),
    limits: readLimits(rateLimits, limits),
    product: { slug, version },
    domain: readDomain(domain),
    installation: readText('installationId', installationId),
    channel: readText('channel', channel),
    componentDirectory: components?.directory,
    policy: {
      verifyIntervalMs: readDuration('verifyIntervalMs', verifyIntervalMs, defaultVerificationPolicy.verifyIntervalMs),
      gracePeriodMs: readDuration('gracePeriodMs', gracePeriodMs, defaultVerificationPolicy.gracePeriodMs),
      expiryGraceMs: readDuration('expiryGraceMs', expiryGraceMs, defaultVerificationPolicy.expiryGraceMs),
    },
    verifyDeadlineMs: readDuration('verifyDeadlineMs', verifyDeadlineMs, 3_000),
    requestDeadlineMs: readDuration('requestDeadlineMs', requestDeadlineMs, 15_000),
    userAgent: `flavor-license/${packageVersion} (${slug}/${version})`,
  }
}

function misuse(code: MisuseCode, message: string): FlavorLicenseError {
  return new FlavorLicenseError(code, message)
}

/** A program without types may give anything, such as the null of a settings file. */
export function requireGroups(groups: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(groups)) {
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) continue
    throw misuse('invalid-option', `The value of ${name} must be an object.`)
  }
}

/** Of whatever has names, the one that somebody wrote must be one of them. */
export function requireName<Name extends string>(
  code: MisuseCode,
  kind: string,
  name: string,
  table: Readonly<Record<Name, unknown>>,
): asserts name is Name {
  if (Object.hasOwn(table, name)) return
  throw misuse(code, `There is no ${kind} ${quote(name)}. There are: ${Object.keys(table).join(', ')}.`)
}

/** A name that is misspelled leaves out what it stands for, such as the keys that answers must be signed with. */
function requireNone(kind: string, unknown: object): void {
  for (const name of Object.keys(unknown)) {
    throw misuse('invalid-option', `There is no ${kind} ${quote(name)}. Correct or remove it.`)
  }
}

/** What a caller wrote, short enough for a sentence. */
function quote(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function readProduct(product: LicenseClientOptions['product']): Settings['product'] {
  const slug: unknown = product?.slug
  if (typeof slug !== 'string' || !isProductSlug(slug)) {
    throw misuse(
      'invalid-product-slug',
      `The product slug ${quote(slug)} is not valid. Use the slug from the hub: lower-case letters, digits and hyphens.`,
    )
  }
  const version: unknown = product.version
  if (typeof version !== 'string' || !isVersion(version)) {
    throw misuse('invalid-version', `The product version ${quote(version)} is not valid. Write it like 1.4.2.`)
  }
  return { slug, version }
}

const domainProblems: Readonly<Record<DomainNameProblem, string>> = {
  empty: 'is empty',
  'illegal-character': 'holds characters that a domain cannot have',
  'illegal-label': 'is not a domain name',
  'too-long': 'is longer than the 253 characters that a domain may have',
}

function readDomain(domain: unknown): DomainName | 'auto' {
  if (domain === 'auto') return domain
  const result = typeof domain === 'string' ? parseDomainName(domain) : undefined
  if (result?.ok) return result.domain
  const problem = domainProblems[result?.problem ?? 'empty']
  throw misuse(
    'invalid-domain',
    `The domain ${quote(domain)} ${problem}. Write it like mysite.com, or auto for a product without a site.`,
  )
}

const hubUrlProblems: Readonly<Record<HubUrlProblem, string>> = {
  'not-a-url': 'is not a URL',
  'not-https': 'must begin with https:// (http:// is for loopback only), since license keys are sent to it',
  'unexpected-part': 'must have no user name, password, query or fragment',
}

export function readHubUrl(url: unknown = documentedHub): string {
  const result = typeof url === 'string' ? parseHubUrl(url) : undefined
  if (result?.ok) return result.url
  const problem = hubUrlProblems[result?.problem ?? 'not-a-url']
  // A URL may hold a password, which has no place in an error.
  throw misuse('invalid-hub-url', `The hub URL ${problem}. Write it like ${documentedHub}.`)
}

const keyProblems: Readonly<Record<PublicKeyProblem, string>> = {
  'wrong-length': 'is not 32 bytes as base64url (43 characters)',
  'non-canonical': 'is not a valid Ed25519 public key',
  'small-order': 'is a key under which anybody could sign',
}

function readTrustedKeys(trustedKeys: object): ReadonlyMap<string, Uint8Array> {
  const keys = Object.entries(trustedKeys).map(([keyId, text]: [string, unknown]) => {
    const key = typeof text === 'string' ? decodeBase64Url(text) : undefined
    const problem = key ? publicKeyProblem(key) : 'wrong-length'
    if (!key || problem) {
      throw misuse(
        'invalid-trusted-key',
        `The trusted key ${quote(keyId)} ${keyProblems[problem ?? 'wrong-length']}. Copy it from the vendor's documentation.`,
      )
    }
    return [keyId, key] as const
  })
  return new Map(keys)
}

export function readRoutes<Name extends string, Route extends { readonly path: string }>(
  defaults: Readonly<Record<Name, Route>>,
  overrides: Readonly<Partial<Record<Name, string>>> | undefined,
): Readonly<Record<Name, Route>> {
  const table: Record<Name, Route> = { ...defaults }
  for (const [name, path] of Object.entries<unknown>(overrides ?? {})) {
    requireName('unknown-route', 'route', name, defaults)
    if (typeof path !== 'string' || !/^\/[\w\-./{}~]*$/.test(path)) {
      throw misuse(
        'invalid-route',
        `The path ${quote(path)} of the route ${name} is not valid. Write it like ${defaults[name].path}.`,
      )
    }
    table[name] = { ...defaults[name], path }
  }
  return table
}

export function readLimits<Name extends string>(
  defaults: Readonly<Record<Name, RateLimit>>,
  overrides: Readonly<Partial<Record<Name, Partial<RateLimit>>>> | undefined,
): Readonly<Record<Name, RateLimit>> {
  const table: Record<Name, RateLimit> = { ...defaults }
  for (const [category, override] of Object.entries<Partial<RateLimit> | undefined>(overrides ?? {})) {
    requireName('invalid-limit', 'rate limit', category, defaults)
    const { limit, windowMs } = { ...defaults[category], ...override }
    if (!Number.isSafeInteger(limit) || limit < 1 || !Number.isFinite(windowMs) || windowMs <= 0) {
      throw misuse(
        'invalid-limit',
        `The rate limit ${category} must be a whole number of at least 1 per a time above 0.`,
      )
    }
    table[category] = { limit, windowMs }
  }
  return table
}

export function requireDirectory(directory: unknown, name = 'directory'): void {
  if (directory === undefined) return
  if (directory === null) throw misuse('invalid-option', `Name a ${name}: an absolute path.`)
  if (typeof directory === 'string' && builtIn.path().isAbsolute(directory)) return
  throw misuse('invalid-option', `The ${name} ${quote(directory)} must be an absolute path.`)
}

export function requireTransport({ dispatcher, fetch }: Pick<LicenseClientOptions, 'dispatcher' | 'fetch'>): void {
  if (dispatcher && fetch) throw misuse('invalid-option', 'Give either the dispatcher or the fetch option, not both.')
  if (fetch !== undefined && typeof fetch !== 'function') {
    throw misuse('invalid-option', 'The fetch option must be a function like the global fetch.')
  }
  if (dispatcher !== undefined && typeof dispatcher?.dispatch !== 'function') {
    throw misuse('invalid-option', 'The dispatcher option must be a dispatcher of undici.')
  }
}

export function requireSharedStore({ sharedStore }: Pick<LicenseClientOptions, 'sharedStore'>): void {
  if (sharedStore === undefined || typeof sharedStore?.clockOffset === 'function') return
  throw misuse('invalid-option', 'The sharedStore option must be what redisStore of flavor-license/redis gives.')
}

function readText(name: string, value: unknown): string | null {
  if (value === undefined) return null
  if (typeof value === 'string' && value !== '' && value.length <= 256) return value
  throw misuse('invalid-option', `The ${name} option must be text of 1 to 256 characters.`)
}

/** Zero is a value; the bound keeps times within what a date can hold. */
export function readDuration(name: string, value: unknown, fallback: number): number {
  if (value === undefined) return fallback
  if (typeof value === 'number' && value >= 0 && value <= 8.64e14) return value
  throw misuse('invalid-option', `The ${name} option must be a number of milliseconds, 0 or more.`)
}
