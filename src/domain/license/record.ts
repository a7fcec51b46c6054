import type { InstalledComponents } from '../component/component.js'
import { noUpdateNews, type UpdateNews } from '../update/update-news.js'
import type { LicenseKey } from './license-key.js'
import type { SetbackReason } from './setback.js'

/** What the hub says about a license on a domain. */
export type LicenseStatus = 'active' | 'revoked' | 'expired' | 'inactive'

/** How many domains a license is activated on; a `limit` of `null` is unlimited. */
export interface Activations {
  readonly used: number
  readonly limit: number | null
}

/** What is licensed, proven. Times are epoch milliseconds on the hub's clock. */
export interface Entitlement {
  /** `hub`: the hub's answer, which grows stale. `offline`: a token that the vendor issued by hand for a machine without a hub. */
  readonly basis: 'hub' | 'offline'
  readonly status: LicenseStatus
  readonly tier: string
  readonly features: readonly string[]
  /** End of the license; `null` is a lifetime license. */
  readonly expiresAt: number | null
  /** When the hub said so. */
  readonly issuedAt: number
  /** How long this word may be trusted without asking again; `null` where the hub sets no such end. */
  readonly leaseEndsAt: number | null
}

/** What this machine knows about time. */
export interface ClockState {
  /** The hub's clock minus the machine's, at the last authenticated answer. */
  readonly offset: number
  /** A time, on the hub's clock, that has certainly passed. */
  readonly floor: number
}

/** Attempts that brought no word of the hub, in a row. Times on the machine's clock. */
export interface BackOff {
  readonly reason: SetbackReason
  readonly failures: number
  readonly attemptedAt: number
  readonly until: number
}

/** An activation whose answer has not been seen: the hub may have carried it out. */
export interface PendingActivation {
  readonly licenseKey: LicenseKey
  readonly nonce: string
  readonly startedAt: number
}

/** Everything that one installation of one product on one domain knows about its license. */
export interface LicenseRecord {
  /** Counts the changes of what is licensed: activation, deactivation, a hub whose clock was set back. */
  readonly epoch: number
  /** Counts the publications. */
  readonly serial: number
  /** `null` when nothing is activated. */
  readonly licenseKey: LicenseKey | null
  readonly entitlement: Entitlement | null
  /** The hub's token that proves the entitlement, or `null` from a hub that signs nothing. */
  readonly token: string | null
  readonly activations: Activations | null
  /** When the license was given up on this machine, on the machine's clock. */
  readonly deactivatedAt: number | null
  readonly pending: PendingActivation | null
  /** Keys that another key has replaced and whose slots the hub has not yet freed. */
  readonly superseded: readonly LicenseKey[]
  /** When the hub last answered about this license, on its clock; `null` when it never has. */
  readonly lastWordAt: number | null
  /** When the hub was last asked for updates with success, on its clock; `null` when it never was. */
  readonly updatesCheckedAt: number | null
  /** What holds back the next update check. */
  readonly updatesBackOff: BackOff | null
  /** What the hub last said about releases. */
  readonly updates: UpdateNews
  /** The components that are installed here. They outlive the license: giving it up removes no files. */
  readonly components: InstalledComponents
  readonly clock: ClockState
  readonly backOff: BackOff | null
}

export const emptyRecord: LicenseRecord = {
  epoch: 0,
  serial: 0,
  licenseKey: null,
  entitlement: null,
  token: null,
  activations: null,
  deactivatedAt: null,
  pending: null,
  superseded: [],
  lastWordAt: null,
  updatesCheckedAt: null,
  updatesBackOff: null,
  updates: noUpdateNews,
  components: {},
  clock: { offset: 0, floor: 0 },
  backOff: null,
}

/**
 * Negative when `a` is older than `b`.
 *
 * The epoch comes first, so that an answer to a question that was asked before a deactivation never undoes it. Within
 * an epoch the hub's own time decides which of two answers is newer, whichever arrived first.
 */
export function compareRecords(a: LicenseRecord, b: LicenseRecord): number {
  return a.epoch - b.epoch || (a.lastWordAt ?? 0) - (b.lastWordAt ?? 0) || a.serial - b.serial
}

/** The key that the hub is asked about. An activation whose answer was lost comes first: it may have replaced the license. */
export function keyInQuestion({ pending, licenseKey }: LicenseRecord): LicenseKey | null {
  return pending?.licenseKey ?? licenseKey
}
