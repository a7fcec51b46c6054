import type { Activations } from './record.js'
import type { ActivationRefusal, UpdateRefusal } from './refusal.js'
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
  readonly activations: Activations
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

export type CheckUpdatesOutcome = UpdateAvailable | UpToDate | Refused<UpdateRefusal> | Deferred
