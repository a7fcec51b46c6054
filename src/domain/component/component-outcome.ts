import { type DownloadRefusal, downloadRefusalMessage } from '../download/download.js'
import type { ComponentUpdate, Deferred, Refused, WithheldUpdate } from '../license/outcome.js'
import type { UpdateRefusal } from '../license/refusal.js'
import type { CatalogComponent, Component } from './component.js'
import type { ArchiveFault } from './unpacking-plan.js'

/** Why a question about components is refused. */
export type ComponentsRefusal = Exclude<UpdateRefusal, 'not-entitled'>

/** Why something is not done with a component, besides {@link TierNotEntitled}. Stable: products may rely on these. */
export type ComponentRefusal =
  | Exclude<DownloadRefusal, 'not-entitled'>
  | 'unknown-component'
  | 'product-version'
  | 'unsafe-archive'
  | 'not-installed'
  | 'no-previous-version'

/** The license does not include the component. */
export interface TierNotEntitled extends Refused<'tier-not-entitled'> {
  /** The smallest tier that does, as the hub calls it. */
  readonly requiredTier: string
}

/** Nothing was done with the component, and why. */
export type ComponentRefused = Refused<ComponentRefusal> | TierNotEntitled

/**
 * What went wrong on this machine. What was installed before still is.
 *
 * - `disk-failed`: the operating system said no; the message says why.
 * - `place-taken`: files that this package has not put there are in the place of the component.
 * - `held-back`: `beforeSwap` answered false, or threw.
 * - `unhealthy`: `afterSwap` answered false, or threw; the version before has been put back.
 */
export type ComponentFailure = 'disk-failed' | 'place-taken' | 'held-back' | 'unhealthy'

/** The component could not be changed on this machine. */
export interface ComponentFailed {
  readonly outcome: 'failed'
  readonly reason: ComponentFailure
  /** A sentence for the person in front of the product. */
  readonly message: string
}

/** A component on this machine, as the signed record has it. */
export interface ComponentOnMachine {
  readonly slug: string
  readonly version: string
  /** The version that a rollback brings back. */
  readonly previousVersion: string | null
  /** Epoch milliseconds. */
  readonly installedAt: number
  /** Where the product loads it from. */
  readonly path: string
  /**
   * - `in-place`: this version is at `path`, complete.
   * - `missing`: its files are gone; installing it again brings them back.
   * - `replaced`: something else is at `path`, such as the component of another license.
   */
  readonly state: 'in-place' | 'missing' | 'replaced'
}

/** What there is of something. */
export interface Listed<Item> {
  readonly outcome: 'listed'
  readonly items: readonly Item[]
}

/** A component that the license may use, and the version of it that is installed here. */
export interface ListedComponent extends Component {
  readonly installedVersion: string | null
}

/** A component of the whole catalog, and the version of it that is installed here. */
export interface AvailableComponent extends CatalogComponent {
  readonly installedVersion: string | null
}

/** The components that the license may use. */
export type ListComponentsOutcome = Listed<ListedComponent> | Refused<ComponentsRefusal> | Deferred

/** The whole catalog of components. */
export type AvailableComponentsOutcome = Listed<AvailableComponent> | Refused<ComponentsRefusal> | Deferred

/** The components on this machine. */
export type InstalledComponentsOutcome = Listed<ComponentOnMachine>

interface CheckedComponents {
  readonly withheld: readonly WithheldUpdate[]
}

/** Some installed components have newer versions. */
export interface ComponentUpdatesAvailable extends CheckedComponents {
  readonly outcome: 'available'
  readonly items: readonly ComponentUpdate[]
}

/** Every installed component is the newest, as far as it can be. */
export interface ComponentsUpToDate extends CheckedComponents {
  readonly outcome: 'current'
}

/** Whether installed components have newer versions. */
export type CheckComponentsOutcome = ComponentUpdatesAvailable | ComponentsUpToDate | Refused<UpdateRefusal> | Deferred

/** The version is in use. */
export interface ComponentInstalled {
  readonly outcome: 'installed'
  readonly component: ComponentOnMachine
  /** The version that was in use before, or `null`. */
  readonly replacedVersion: string | null
}

/** The newest version was in place already. Nothing has changed. */
export interface ComponentCurrent {
  readonly outcome: 'current'
  readonly component: ComponentOnMachine
}

/** What became of an installation or an update. */
export type InstallComponentOutcome =
  | ComponentInstalled
  | ComponentCurrent
  | ComponentRefused
  | ComponentFailed
  | Deferred

/** The version before is in use again. */
export interface ComponentRolledBack {
  readonly outcome: 'rolled-back'
  readonly component: ComponentOnMachine
  /** The version that was in use before. A further rollback brings it back. */
  readonly replacedVersion: string
}

/** What became of a rollback. */
export type RollBackComponentOutcome = ComponentRolledBack | ComponentRefused | ComponentFailed

/** The component is gone from this machine. */
export interface ComponentRemoved {
  readonly outcome: 'removed'
  readonly slug: string
  readonly version: string
}

/** What became of a removal. */
export type RemoveComponentOutcome = ComponentRemoved | ComponentRefused | ComponentFailed

/** The sentence for the person in front of the product. */
export const componentRefusalMessage: Readonly<Record<ComponentRefusal, string>> = {
  ...downloadRefusalMessage,
  'unknown-component': 'There is no such component.',
  'product-version': 'The newest version of this component needs another version of the product.',
  'unsafe-archive': 'The file of this component holds something that does not belong in one, so it was not unpacked.',
  'not-installed': 'This component is not installed.',
  'no-previous-version': 'There is no earlier version of this component to go back to.',
}

export function refusedComponent<Reason extends ComponentRefusal>(reason: Reason, detail?: string): Refused<Reason> {
  const message = componentRefusalMessage[reason]
  return { outcome: 'refused', reason, message: detail === undefined ? message : `${message} (${detail})` }
}

export function tierNotEntitled(requiredTier: string): TierNotEntitled {
  const message = `This license does not include this component; a license of the tier ${requiredTier} does.`
  return { outcome: 'refused', reason: 'tier-not-entitled', requiredTier, message }
}

export function unsafeArchive({ problem, entry }: ArchiveFault): Refused<'unsafe-archive'> {
  return refusedComponent('unsafe-archive', entry === null ? problem : `${problem}: ${JSON.stringify(entry)}`)
}

/** The sentence for the person in front of the product. */
export const componentFailureMessage: Readonly<Record<ComponentFailure, string>> = {
  'disk-failed': 'The component could not be changed on this computer. Free some space or check the permissions.',
  'place-taken':
    'There are other files in the place of this component. Move them away, or choose another directory, then try again.',
  'held-back': 'The product did not agree to the change of this component.',
  unhealthy: 'The new version of this component did not work here, so the one before was kept.',
}

export function failedComponent(reason: ComponentFailure, detail?: string): ComponentFailed {
  const message = componentFailureMessage[reason]
  return { outcome: 'failed', reason, message: detail === undefined ? message : `${message} (${detail})` }
}
