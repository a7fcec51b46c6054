import type { NewLicense } from '../emulator/index.js'

/** What a customer has bought. */
export interface LicenseGrant {
  /** @defaultValue 'business' */
  readonly tier?: string
  /** @defaultValue none */
  readonly features?: readonly string[]
  /** `null` is a lifetime license. @defaultValue 365 */
  readonly expiresInDays?: number | null
  /** Domains that it may be activated on; -1 for unlimited. @defaultValue what the tier grants */
  readonly activationLimit?: number
}

const dayMs = 86_400_000

/** @param number - Which one it is: no two licenses of a test have one key. */
export function testLicense(number: number, product: string, grant: LicenseGrant, now: number): NewLicense {
  const { tier = 'business', features, expiresInDays = 365, activationLimit } = grant
  return {
    key: `FLVR-TEST-0000-0000-${String(number).padStart(4, '0')}`,
    product,
    tier,
    expiresAt: expiresInDays === null ? null : now + expiresInDays * dayMs,
    features,
    activationLimit,
  }
}
