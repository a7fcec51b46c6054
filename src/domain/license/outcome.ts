import type { Release } from '../update/release.js'
import type { Activations } from './record.js'
import type { ActivationRefusal, OfflineRefusal, UpdateRefusal } from './refusal.js'
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

/** The license is active on this domain. */
export interface Activated {
  readonly outcome: 'activated'
  readonly verdict: Verdict
  readonly activations: Activations
}

/** The hub does not accept the key. */
export interface ActivationRefused extends Refused<ActivationRefusal> {
  /**
   * With `limit-reached`: how many domains the license is active on, of how many. Left out by a hub that does not say. To
   * be shown only: no signature covers a refusal.
   */
  readonly activations?: Activations
}

/** What became of an activation. */
export type ActivateOutcome = Activated | ActivationRefused | Deferred

/** The activation has been given up, and the key is forgotten. */
export interface Deactivated {
  readonly outcome: 'deactivated'
  /** `null` for an offline license, which the hub does not count. */
  readonly activations: Activations | null
}

/** There was nothing to deactivate: no license on this machine, or the hub knows of none on this domain. */
export interface NotActivated {
  readonly outcome: 'not-activated'
}

/** What became of a deactivation. */
export type DeactivateOutcome = Deactivated | NotActivated | Deferred

/** A newer version of a component that is installed. */
export interface ComponentUpdate {
  readonly slug: string
  readonly currentVersion: string
  readonly release: Release
}

/** A release that is not offered, though the hub has one. */
export interface WithheldUpdate {
  /** The product, or one of its components. */
  readonly slug: string
  /** `product-version`: it needs another version of the product. Else what is wrong with the hub's word about it. */
  readonly reason:
    | 'product-version'
    | Extract<SetbackReason, 'proof-missing' | 'proof-invalid' | 'unexpected-answer' | 'outdated-answer'>
}

interface UpdatesChecked {
  /** Of the product. */
  readonly currentVersion: string
  /** `hub`: the hub was asked. `record`: its last answer is still fresh. */
  readonly source: 'hub' | 'record'
  /** When the hub said so, on its clock, epoch milliseconds. */
  readonly checkedAt: number
  readonly withheld: readonly WithheldUpdate[]
  /** Why the installed components could not be asked about; `null` where they were, or none is installed. */
  readonly componentsUndecided: Refused<UpdateRefusal> | Deferred | null
}

/** There is something newer: of the product, of its components, or of both. */
export interface UpdateAvailable extends UpdatesChecked {
  readonly outcome: 'available'
  /** Of the product; `null` when that is the newest. */
  readonly release: Release | null
  readonly components: readonly ComponentUpdate[]
}

/** Product and components are the newest that are offered. */
export interface UpToDate extends UpdatesChecked {
  readonly outcome: 'current'
}

/** The license file is installed. */
export interface ActivatedOffline {
  readonly outcome: 'activated'
  readonly verdict: Verdict
}

/** What became of a license file. */
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

/** Whether the license has been forgotten. */
export type ResetOutcome = Reset | ResetFailed

/** Whether there is something newer. */
export type CheckUpdatesOutcome = UpdateAvailable | UpToDate | Refused<UpdateRefusal> | Deferred

/** What the author says about a release. */
export interface UpdateDescribed {
  readonly outcome: 'described'
  readonly release: Release
  /** Markdown, from the hub; no signature covers it, so that it is not to be shown as HTML unchecked. */
  readonly changelog: string
}

/** What a release's author says about it. */
export type UpdateInfoOutcome = UpdateDescribed | Refused<UpdateRefusal> | Deferred
