import type { Activations } from './record.js'
import type { ActivationRefusal, OfflineRefusal, UpdateRefusal } from './refusal.js'
import type { Release } from './release.js'
import type { SetbackReason } from './setback.js'
import type { Verdict } from './verdict.js'

/** The hub said no. Nothing on this machine has changed. */
export interface Refused<Reason extends string> {
  readonly outcome: 'refused'
  readonly reason: Reason
  /** A sentence for the person in front of the product. */
  readonly message: string
}

/** The hub did not decide. Nothing on this machine has changed. */
export interface Deferred {
  readonly outcome: 'deferred'
  readonly reason: SetbackReason
  /** A sentence for the person in front of the product. */
  readonly message: string
  /** When a further call makes sense, epoch milliseconds. */
  readonly retryAt: number
}

export interface Activated {
  readonly outcome: 'activated'
  readonly verdict: Verdict
  readonly activations: Activations
}

export type ActivateOutcome = Activated | Refused<ActivationRefusal> | Deferred

export interface Deactivated {
  readonly outcome: 'deactivated'
  /** `null` for an offline license, which the hub does not count. */
  readonly activations: Activations | null
}

/** There was nothing to deactivate: no license on this machine, or the hub knows of none on this domain. */
export interface NotActivated {
  readonly outcome: 'not-activated'
}

export type DeactivateOutcome = Deactivated | NotActivated | Deferred

export interface UpdateAvailable {
  readonly outcome: 'available'
  readonly currentVersion: string
  readonly release: Release
}

export interface UpToDate {
  readonly outcome: 'current'
  readonly currentVersion: string
}

export interface ActivatedOffline {
  readonly outcome: 'activated'
  readonly verdict: Verdict
}

export type ActivateOfflineOutcome = ActivatedOffline | Refused<OfflineRefusal>

/** Every record of the license on this machine is gone. A slot that it takes at the hub stays taken. */
export interface Reset {
  readonly outcome: 'reset'
  /** How many files were removed. */
  readonly removed: number
}

/** The records could not be removed. */
export interface ResetFailed {
  readonly outcome: 'failed'
  readonly message: string
}

export type ResetOutcome = Reset | ResetFailed

export type CheckUpdatesOutcome = UpdateAvailable | UpToDate | Refused<UpdateRefusal> | Deferred
