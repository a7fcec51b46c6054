import { nodeHash } from '../adapters/node-hash.js'
import { parseHubUrl } from '../domain/hub-url.js'
import { deviceDomain, parseDomainName } from '../domain/license/domain-name.js'
import { parseLicenseKey } from '../domain/license/license-key.js'
import { isProductSlug } from '../domain/license/product-slug.js'
import { IssuingError, quote } from './issuing-error.js'

/** When a license file stops working: at a time in epoch milliseconds, or some days after it was issued. */
export type Validity = { readonly until: number } | { readonly days: number }

const dayMs = 86_400_000

/** The last moment that a date can hold. */
const lastMoment = 8.64e15

export function readHub(hub: string): string {
  const result = typeof hub === 'string' ? parseHubUrl(hub) : undefined
  if (result?.ok) return result.url
  // A URL may hold a password, which has no place in an error.
  throw new IssuingError(
    'invalid-hub-url',
    'The hub URL is not valid. Write it exactly as the product has it, like https://hub.example/api/v1.',
  )
}

export function readProduct(product: string): string {
  if (typeof product === 'string' && isProductSlug(product)) return product
  throw new IssuingError(
    'invalid-product-slug',
    `The product slug ${quote(product)} is not valid. Use lower-case letters, digits and hyphens.`,
  )
}

/** Normalized as the client normalizes its own: otherwise the two would never be equal. */
export function readDomain(domain: string, installationId: string | null): string {
  if (domain === 'auto') {
    if (installationId !== null) return deviceDomain(hexDigest(installationId))
    throw new IssuingError('invalid-domain', 'The domain auto stands for one installation. Name the installation.')
  }
  const result = typeof domain === 'string' ? parseDomainName(domain) : undefined
  if (result?.ok) return result.domain
  throw new IssuingError('invalid-domain', `The domain ${quote(domain)} is not valid. Write it like mysite.com.`)
}

/** Never quoted: it is a secret, even where it is mistyped. */
export function readLicenseKey(licenseKey: string): string {
  const key = typeof licenseKey === 'string' ? parseLicenseKey(licenseKey) : undefined
  if (key) return key
  throw new IssuingError('invalid-license-key', 'This is not a license key. A key looks like FLVR-XXXX-XXXX-XXXX-XXXX.')
}

export function readTier(tier: string): string {
  if (isName(tier)) return tier
  throw new IssuingError('invalid-tier', 'The tier must be text of 1 to 64 characters, such as business.')
}

export function readFeatures(features: readonly string[]): readonly string[] {
  if (Array.isArray(features) && features.every(isName)) return [...new Set(features)]
  throw new IssuingError('invalid-features', 'A feature must be text of 1 to 64 characters, such as checkout.')
}

export function readExpiry(expiresAt: number, issuedAt: number): number {
  if (isMomentAfter(expiresAt, issuedAt)) return expiresAt
  throw new IssuingError('invalid-expiry', 'The license must expire later than now, or never.')
}

export function readValidity(validity: Validity, issuedAt: number): number {
  if (typeof validity !== 'object' || validity === null) {
    throw new IssuingError('invalid-validity', 'Say how long the license file may be used.')
  }
  const until = 'until' in validity ? validity.until : issuedAt + validity.days * dayMs
  if (isMomentAfter(until, issuedAt)) return until
  throw new IssuingError('invalid-validity', 'The license file must be valid until a time later than now.')
}

/** By a second at least, since tokens count in seconds. */
function isMomentAfter(moment: unknown, now: number): boolean {
  return typeof moment === 'number' && moment >= now + 1000 && moment <= lastMoment
}

/** Visible text alone: it is shown to users and compared by products. */
function isName(text: unknown): text is string {
  return typeof text === 'string' && /^(?!\s)[^\p{C}]{1,64}$/u.test(text) && text.trim() === text
}

function hexDigest(text: string): string {
  return Buffer.from(nodeHash.sha256(new TextEncoder().encode(text))).toString('hex')
}
