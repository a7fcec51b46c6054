import { builtIn } from './adapters/built-in.js'
import { type PublicKeyProblem, publicKeyProblem } from './domain/ed25519-key.js'
import { FlavorLicenseError, type MisuseCode } from './domain/errors.js'
import { type HubUrlProblem, parseHubUrl } from './domain/hub-url.js'
import { type DomainName, type DomainNameProblem, parseDomainName } from './domain/license/domain-name.js'
import { isProductSlug } from './domain/license/product-slug.js'
import { defaultVerificationPolicy } from './domain/license/verification-policy.js'
import { isVersion } from './domain/update/version.js'
import type { Settings } from './engine/settings.js'
import type { HubOptions, LicenseClientOptions } from './options.js'
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
  const { hub = {}, components } = options
  requireGroups({ hub, ...(components !== undefined && { components }) })
  const { trustedKeys = {}, routes = {}, limits = {} } = hub
  requireGroups({ 'hub.trustedKeys': trustedKeys, 'hub.routes': routes, 'hub.limits': limits })
  const product = readProduct(options)
  requireDirectory(options.directory)
  if (components !== undefined) requireDirectory(components.directory ?? null, 'components.directory')
  requireTransport(options)
  requireSharedStore(options)
  return {
    hub: readHubUrl(hub.url),
    hubKeys: readTrustedKeys(hub),
    routes: readRoutes(machineRoutes, hub.routes),
    limits: readLimits(rateLimits, hub.limits),
    product,
    domain: readDomain(options.domain),
    installation: readText('installationId', options.installationId),
    channel: readText('channel', options.channel),
    componentDirectory: components?.directory,
    policy: {
      verifyIntervalMs: readDuration(
        'verifyIntervalMs',
        options.verifyIntervalMs,
        defaultVerificationPolicy.verifyIntervalMs,
      ),
      gracePeriodMs: readDuration('gracePeriodMs', options.gracePeriodMs, defaultVerificationPolicy.gracePeriodMs),
      expiryGraceMs: readDuration('expiryGraceMs', options.expiryGraceMs, defaultVerificationPolicy.expiryGraceMs),
    },
    verifyDeadlineMs: readDuration('verifyDeadlineMs', options.verifyDeadlineMs, 3_000),
    requestDeadlineMs: readDuration('requestDeadlineMs', options.requestDeadlineMs, 15_000),
    userAgent: `flavor-license/${packageVersion} (${product.slug}/${product.version})`,
  }
}

function misuse(code: MisuseCode, message: string): FlavorLicenseError {
  return new FlavorLicenseError(code, message)
}

/** A program without types may give anything, such as the null of a settings file. */
export function requireGroups(groups: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(groups)) {
    if (typeof value === 'object' && value !== null) continue
    throw misuse('invalid-option', `The value of ${name} must be an object.`)
  }
}

/** What a caller wrote, short enough for a sentence. */
function quote(value: unknown): string {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value)
  return text.length > 80 ? `${text.slice(0, 80)}…` : text
}

function readProduct({ product }: LicenseClientOptions): Settings['product'] {
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

function readTrustedKeys({ trustedKeys = {} }: HubOptions): ReadonlyMap<string, Uint8Array> {
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
    if (!isNameIn(defaults, name)) {
      const known = Object.keys(defaults).join(', ')
      throw misuse('unknown-route', `There is no route ${quote(name)}. The routes are: ${known}.`)
    }
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
    if (!isNameIn(defaults, category)) {
      const known = Object.keys(defaults).join(', ')
      throw misuse('invalid-limit', `There is no rate limit ${quote(category)}. The limits are: ${known}.`)
    }
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

function isNameIn<Name extends string>(table: Readonly<Record<Name, unknown>>, name: string): name is Name {
  return Object.hasOwn(table, name)
}

export function requireDirectory(directory: unknown, name = 'directory'): void {
  if (directory === undefined) return
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
