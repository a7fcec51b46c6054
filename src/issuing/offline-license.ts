import { nodeRandom } from '../adapters/node-random.js'
import { systemClock } from '../adapters/system-clock.js'
import type { InstallationName } from './installation.js'
import { readInstallation } from './installation.js'
import {
  readDomain,
  readExpiry,
  readFeatures,
  readHub,
  readLicenseKey,
  readProduct,
  readTier,
  readValidity,
  type Validity,
} from './offline-license-terms.js'
import { requireSigningKey, type SigningKey } from './signing-key.js'
import { licenseKeySubject, signOfflineLicenseToken } from './tokens.js'

/** What a license for a machine that never sees the hub shall say. Times are epoch milliseconds. */
export interface OfflineLicenseTerms {
  /** The hub's base URL as the product has it: it is compared as an exact string. */
  readonly hub: string
  /** The product's slug. */
  readonly product: string
  /** The domain, written in any way that the client's option takes; `auto` where the installation is named. */
  readonly domain: string
  readonly installation: InstallationName
  /**
   * The license key that was sold. Only its SHA-256 goes into the token. A machine that has this key on record keeps
   * it.
   *
   * @defaultValue none: the license belongs to no key
   */
  readonly licenseKey?: string | undefined
  readonly tier: string
  /** @defaultValue none */
  readonly features?: readonly string[] | undefined
  /** The end of the license; `null` for a lifetime license. */
  readonly expiresAt: number | null
  /** How long this file may be used; a later file can prolong it. */
  readonly validity: Validity
  /** @defaultValue the present */
  readonly now?: number | undefined
}

/** A license to hand over, and what it says. Holds no secret. */
export interface IssuedOfflineLicense {
  /** What `activateOffline` takes. */
  readonly token: string
  readonly keyId: string
  readonly hub: string
  readonly product: string
  readonly domain: string
  /** `null`: works on any installation. */
  readonly installationId: string | null
  readonly tier: string
  readonly features: readonly string[]
  readonly issuedAt: number
  readonly expiresAt: number | null
  readonly validUntil: number
}

/**
 * Issues a license for a machine that never sees the hub.
 *
 * @throws IssuingError with one sentence for the first mistake found: `invalid-signing-key`, `invalid-key-id`,
 * `invalid-hub-url`, `invalid-product-slug`, `invalid-domain`, `missing-installation`, `invalid-installation`,
 * `misheard-installation`, `invalid-license-key`, `invalid-tier`, `invalid-features`, `invalid-expiry`,
 * `invalid-validity`.
 */
export function issueOfflineLicense(key: SigningKey, terms: OfflineLicenseTerms): IssuedOfflineLicense {
  const { keyId } = requireSigningKey(key)
  // Tokens count in seconds.
  const issuedAt = wholeSecond(terms.now ?? systemClock.now())
  const installationId = readInstallation(terms.installation)
  const license = {
    keyId,
    hub: readHub(terms.hub),
    product: readProduct(terms.product),
    domain: readDomain(terms.domain, installationId),
    installationId,
    tier: readTier(terms.tier),
    features: readFeatures(terms.features ?? []),
    issuedAt,
    expiresAt: terms.expiresAt === null ? null : wholeSecond(readExpiry(terms.expiresAt, issuedAt)),
    validUntil: wholeSecond(readValidity(terms.validity, issuedAt)),
  }
  const token = signOfflineLicenseToken(key, {
    iss: license.hub,
    sub: terms.licenseKey === undefined ? nobodysSubject() : licenseKeySubject(readLicenseKey(terms.licenseKey)),
    aud: license.product,
    domain: license.domain,
    ...(installationId !== null && { installation_id: installationId }),
    tier: license.tier,
    features: license.features,
    status: 'active',
    license_exp: license.expiresAt === null ? null : license.expiresAt / 1000,
    iat: issuedAt / 1000,
    exp: license.validUntil / 1000,
  })
  return { token, ...license }
}

function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000
}

/** A digest that no license key has. */
function nobodysSubject(): string {
  return Buffer.from(nodeRandom.bytes(32)).toString('hex')
}
