import type {
  AvailableComponent,
  ComponentsRefusal,
  InstallComponentOutcome,
  Listed,
  RemoveComponentOutcome,
  RollBackComponentOutcome,
} from '../domain/component/component-outcome.js'
import type { DownloadOutcome, DownloadProgress } from '../domain/download/download.js'
import type {
  ActivateOutcome,
  CheckUpdatesOutcome,
  ComponentUpdate,
  DeactivateOutcome,
  Deferred,
  Refused,
  UpdateInfoOutcome,
} from '../domain/license/outcome.js'
import type { Verdict } from '../domain/license/verdict.js'
import type { PanelState } from './panel-state.js'

/** The whole catalog, and what of it is newer than what is installed. */
export interface ComponentCatalog extends Listed<AvailableComponent> {
  readonly updates: readonly ComponentUpdate[]
}

export type CatalogOutcome = ComponentCatalog | Refused<ComponentsRefusal> | Deferred

/** What the panel's page can have done, by path, and what comes of it. */
export interface PanelActions {
  readonly activate: ActivateOutcome
  readonly check: Verdict
  readonly deactivate: DeactivateOutcome
  readonly updates: CheckUpdatesOutcome
  readonly 'updates/changelog': UpdateInfoOutcome
  readonly 'updates/download': CheckUpdatesOutcome | DownloadOutcome
  readonly components: CatalogOutcome
  readonly 'components/install': InstallComponentOutcome
  readonly 'components/rollback': RollBackComponentOutcome
  readonly 'components/remove': RemoveComponentOutcome
}

export type PanelPath = keyof PanelActions

/** The last line of every answer, and of most the only one. */
export interface PanelReply<Path extends PanelPath = PanelPath> {
  readonly outcome: PanelActions[Path]
  /** What the license is like after it. */
  readonly state: PanelState
}

/** The lines before it, of what takes a while. */
export interface PanelProgress {
  readonly progress: DownloadProgress
}

/** In place of either, where it could not be carried out. */
export interface PanelFailure {
  readonly error: { readonly code: string; readonly message: string }
}
