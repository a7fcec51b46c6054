import { type LicenseKey, parseLicenseKey } from '../../../src/domain/license/license-key.js'
import { type BackOff, type Entitlement, emptyRecord, type LicenseRecord } from '../../../src/domain/license/record.js'
import type { HubWord } from '../../../src/domain/license/transition.js'
import { defaultVerificationPolicy, type VerificationPolicy } from '../../../src/domain/license/verification-policy.js'

export const minuteMs = 60_000
export const hourMs: number = 60 * minuteMs
export const dayMs: number = 24 * hourMs

/** When the hub spoke last in {@link sampleRecord}. */
export const spokenAt: number = Date.UTC(2026, 5, 1)

export const policy: VerificationPolicy = defaultVerificationPolicy

export function licenseKey(text: string): LicenseKey {
  const key = parseLicenseKey(text)
  if (!key) throw new Error(`The test has a bad license key: ${text}`)
  return key
}

export const keyA: LicenseKey = licenseKey('FLVR-AAAA-AAAA-AAAA-AAAA')
export const keyB: LicenseKey = licenseKey('FLVR-BBBB-BBBB-BBBB-BBBB')
export const keyC: LicenseKey = licenseKey('FLVR-CCCC-CCCC-CCCC-CCCC')

export const sampleEntitlement: Entitlement = {
  basis: 'hub',
  status: 'active',
  tier: 'starter',
  features: ['updates'],
  expiresAt: null,
  issuedAt: spokenAt,
  leaseEndsAt: null,
}

export const entitlement = (changes: Partial<Entitlement> = {}): Entitlement => ({ ...sampleEntitlement, ...changes })

/** A license on key A, active, for which the hub vouched at {@link spokenAt}. */
export const sampleRecord: LicenseRecord = {
  ...emptyRecord,
  epoch: 1,
  serial: 7,
  licenseKey: keyA,
  entitlement: sampleEntitlement,
  activations: { used: 1, limit: 3 },
  lastWordAt: spokenAt,
  clock: { offset: 0, floor: spokenAt },
}

export const record = (changes: Partial<LicenseRecord> = {}): LicenseRecord => ({ ...sampleRecord, ...changes })

export const backOff = (changes: Partial<BackOff> = {}): BackOff => ({
  reason: 'timeout',
  failures: 1,
  attemptedAt: spokenAt + dayMs,
  until: spokenAt + dayMs + 5 * minuteMs,
  ...changes,
})

/** The hub's word as of `issuedAt`, received by a machine whose clock is right. */
export const hubWord = (
  issuedAt: number,
  changes: Partial<Entitlement> = {},
  token: string | null = null,
): HubWord => ({
  entitlement: entitlement({ issuedAt, ...changes }),
  activations: { used: 2, limit: 3 },
  token,
  receivedAt: issuedAt,
})
