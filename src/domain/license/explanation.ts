import type { Activations, BackOff, LicenseStatus } from './record.js'
import type { Verdict } from './verdict.js'

/**
 * Why the verdict is what it is: fit for a support ticket. Holds no license key, no token, no nonce and no secret.
 * Times are epoch milliseconds, durations milliseconds.
 */
export interface Explanation {
  readonly packageVersion: string
  readonly verdict: Verdict
  readonly product: { readonly slug: string; readonly version: string }
  readonly hub: {
    readonly url: string
    /** Ids of the pinned keys; empty where the author pins none. */
    readonly trustedKeys: readonly string[]
  }
  /** `null` when there is none to read. */
  readonly record: RecordExplanation | null
  readonly clock: {
    readonly now: number
    /** The hub's clock minus this machine's, at the hub's last word. */
    readonly offsetMs: number
    /** A time on the hub's clock that has certainly passed; `null` when none is known. */
    readonly floor: number | null
    /** The machine's clock runs behind that time, so that the verdict is judged at it. */
    readonly behindFloor: boolean
  }
  readonly storage: {
    readonly directory: string | null
    /** Permission bits in octal; `null` when they cannot be read. */
    readonly mode: string | null
    readonly writable: boolean
    readonly problem: string | null
    readonly files: readonly { readonly name: string; readonly mode: string }[]
  }
  readonly network: {
    readonly client: string
    readonly proxyVariables: readonly string[]
    readonly extraCertificates: boolean
    readonly certificatesVerified: boolean
  }
  /** By category of requests: when one more is permitted. */
  readonly nextPermittedAt: Readonly<Record<string, number>>
}

/** What is on record about the license. */
export interface RecordExplanation {
  readonly status: LicenseStatus | null
  /** How many domains the license is active on; `null` where the hub has not said. */
  readonly activations: Activations | null
  /** Whether it rests on an answer of the hub or on a file of the vendor. */
  readonly basis: 'hub' | 'offline' | null
  readonly epoch: number
  readonly serial: number
  /** When the hub said so, and how long ago that is. */
  readonly issuedAt: number | null
  readonly ageMs: number | null
  readonly expiresAt: number | null
  readonly leaseEndsAt: number | null
  /** When it grows stale, and when it counts no more. */
  readonly staleAt: number | null
  readonly trustEndsAt: number | null
  readonly lastWordAt: number | null
  readonly deactivatedAt: number | null
  /** An activation whose answer was lost. */
  readonly activationPending: boolean
  /** How many replaced keys still wait to be freed at the hub. */
  readonly supersededKeys: number
  readonly backOff: BackOff | null
}
