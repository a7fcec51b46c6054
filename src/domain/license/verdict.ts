import type { Setback, SetbackReason } from './setback.js'

/** Whether the verdict rests on an answer of the hub to this call, or on what is on record. */
export type VerdictSource = 'hub' | 'record'

interface VerdictBase {
  readonly source: VerdictSource
  /** The domain that the verdict is about, normalized. */
  readonly domain: string
  /** Whether the domain is a staging domain, which takes no activation slot. */
  readonly staging: boolean
  /** The license key, masked, or `null` when there is none. */
  readonly licenseKey: string | null
  /** A sentence for the person in front of the product. */
  readonly message: string
  /** From when on the hub is asked again, by a call or by the background schedule; epoch milliseconds. */
  readonly nextCheckAt: number
  /** Why the hub did not decide, when it was asked and did not. */
  readonly lastAttempt?: Setback
}

interface Terms {
  /** As the hub names it; tiers that this version does not know pass through. */
  readonly tier: string
  readonly features: readonly string[]
  /** End of the license, epoch milliseconds; `null` is a lifetime license. */
  readonly expiresAt: number | null
  /** When the hub last vouched for the license, epoch milliseconds. */
  readonly verifiedAt: number
}

/** Everything works. */
export interface LicensedVerdict extends VerdictBase, Terms {
  readonly state: 'licensed'
}

/**
 * Why a license works for a limited time only: the record is stale and nobody has asked yet (`not-asked-yet`), the hub
 * did not decide, or the license has expired and the product grants a grace period for that.
 */
export type GraceReason = 'not-asked-yet' | 'expired' | SetbackReason

/** Everything works until `endsAt`; tell the user. */
export interface GraceVerdict extends VerdictBase, Terms {
  readonly state: 'grace'
  readonly reason: GraceReason
  /** Epoch milliseconds. */
  readonly endsAt: number
}

/**
 * - `not-activated`: the license is fine, this domain is not activated.
 * - `expired`, `revoked`: the hub says so, or the end of the license has passed.
 * - `deactivated`: given up on this machine.
 * - `grace-over`: the hub has not vouched for the license for longer than the grace period, or its lease has ended.
 * - `clock`: only the clock of this machine, which runs behind what has been seen before, makes it so.
 */
export type UnlicensedReason = 'not-activated' | 'expired' | 'revoked' | 'deactivated' | 'grace-over' | 'clock'

/** The product is not licensed, for a reason that holds. Ask for a key or a renewal. */
export interface UnlicensedVerdict extends VerdictBase {
  readonly state: 'unlicensed'
  readonly reason: UnlicensedReason
  /** End of the license, epoch milliseconds; `null` when it has none or none is known. */
  readonly expiresAt: number | null
  readonly verifiedAt: number | null
}

/**
 * - `not-checked`: nothing has been read or asked yet.
 * - `no-record`: no license has been activated here, or its record is gone.
 * - `record-unreadable`: there is a record, but it is damaged or may not be read.
 * - `proof-missing`: the record lacks the hub's signature that this product asks for, and the hub has not answered.
 */
export type UnknownReason = 'not-checked' | 'no-record' | 'record-unreadable' | 'proof-missing'

/** Neither yes nor no. Say "could not check", never "invalid". */
export interface UnknownVerdict extends VerdictBase {
  readonly state: 'unknown'
  readonly reason: UnknownReason
}

/** Whether the product is licensed. Its `state` says which of the four it is. */
export type Verdict = LicensedVerdict | GraceVerdict | UnlicensedVerdict | UnknownVerdict
