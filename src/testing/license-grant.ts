import type { NewLicense } from '../emulator/index.js'
import { requireNames } from './require-names.js'
import { TestbedError } from './testbed-error.js'

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

const fields: Readonly<Record<keyof LicenseGrant, true>> = {
  tier: true,
  features: true,
  expiresInDays: true,
  activationLimit: true,
}

/**
 * What the hub is told of a license; it checks the rest.
 *
 * @param number - Which one it is: no two licenses of a test have one key.
 * @throws TestbedError `invalid-grant` when it names another field, or its days are no number.
 */
export function testLicense(number: number, product: string, grant: LicenseGrant, now: number): NewLicense {
  requireNames(grant, 'grantLicense', fields, 'invalid-grant')
  const { tier = 'business', features, expiresInDays = 365, activationLimit } = grant
  if (expiresInDays !== null && !Number.isFinite(expiresInDays)) {
    throw new TestbedError(
      'invalid-grant',
      'The value of expiresInDays must be a number, or null for a lifetime license.',
    )
  }
  return {
    key: `FLVR-TEST-0000-0000-${String(number).padStart(4, '0')}`,
    product,
    tier,
    expiresAt: expiresInDays === null ? null : now + expiresInDays * dayMs,
    features,
    activationLimit,
  }
}
