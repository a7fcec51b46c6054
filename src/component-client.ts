import type {
  AvailableComponentsOutcome,
  CheckComponentsOutcome,
  InstallComponentOutcome,
  InstalledComponentsOutcome,
  ListComponentsOutcome,
  RemoveComponentOutcome,
  RollBackComponentOutcome,
} from './domain/component/component-outcome.js'
import type { DownloadProgress } from './domain/download/download.js'
import type { Deferred } from './domain/license/outcome.js'
import type { DownloadComponentOutcome } from './engine/components/download.js'
import type { SwapHooks } from './engine/components/swap.js'
import type { Engine } from './engine/engine.js'
import type { UseCases } from './engine/use-cases.js'
import { requireDirectory } from './read-options.js'

/** Terms of a call that asks the hub. */
export interface ComponentCallOptions {
  /** The longest that this call waits for the hub, in milliseconds. Default: the `requestDeadlineMs` option. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/** Terms of a look for newer versions. */
export interface CheckComponentsOptions extends ComponentCallOptions {
  /**
   * Asks the hub however fresh its last answer is, though never over its limits.
   *
   * @defaultValue false
   */
  readonly fresh?: boolean
}

/** Terms of a call that changes what is installed. */
export interface ComponentChangeOptions extends ComponentCallOptions {
  /**
   * The directory of the components, an absolute path: this one goes into `<directory>/<slug>`. Default: the
   * `components.directory` option, else where the component is.
   */
  readonly directory?: string
}

/** With `deadlineMs`, also the whole download ends by then; a download without one takes as long as it moves. */
export interface DownloadComponentOptions extends ComponentCallOptions {
  /** Where the archive goes, an absolute path. */
  readonly directory: string
  /** Called as the download advances, ten times a second at most. What it throws has no effect. */
  readonly onProgress?: (progress: DownloadProgress) => void
}

/** As for a download: with `deadlineMs`, it ends by then. */
export interface InstallComponentOptions extends ComponentChangeOptions, SwapHooks {
  /** Called as the download advances, ten times a second at most. What it throws has no effect. */
  readonly onProgress?: (progress: DownloadProgress) => void
}

/**
 * The components of the product: checked, downloaded, proven, installed, and put back when that fails. After a crash at
 * any point, a component is the old or the new version, complete, and {@link ComponentClient.installed} says which.
 *
 * A slug that no component can have is answered like one that the hub does not know. Every method rejects as those of
 * the license client do; `invalid-option` also when no directory is named, or one that is not absolute.
 */
export interface ComponentClient {
  /** What the license may use, from the hub. */
  list(options?: ComponentCallOptions): Promise<ListComponentsOutcome>
  /** The whole catalog, from the hub: what the license includes, and which tier includes the rest. */
  available(options?: ComponentCallOptions): Promise<AvailableComponentsOutcome>
  /**
   * What is installed on this machine. Asks no hub. Puts right what an interrupted call has left behind; waits only for
   * a process that is in the middle of a change, for `deadlineMs` at most.
   */
  installed(options?: ComponentChangeOptions): Promise<InstalledComponentsOutcome>
  /**
   * Whether there are newer versions of what is installed: by what the hub said last for 12 hours, here or to
   * `checkUpdates()`, else by one request for all.
   */
  check(options?: CheckComponentsOptions): Promise<CheckComponentsOutcome>
  /** Downloads the newest archive of a component, verified, and installs nothing. */
  download(slug: string, options: DownloadComponentOptions): Promise<DownloadComponentOutcome>
  /** Installs the newest version, whether or not an older one is there. */
  install(slug: string, options?: InstallComponentOptions): Promise<InstallComponentOutcome>
  /** Installs the newest version of a component that is installed already. */
  update(slug: string, options?: InstallComponentOptions): Promise<InstallComponentOutcome>
  /** Puts the version before in use again. Asks no hub. A further rollback undoes this one. */
  rollback(slug: string, options?: ComponentChangeOptions & SwapHooks): Promise<RollBackComponentOutcome>
  /** Removes a component and the versions that are kept of it. Asks no hub. */
  remove(slug: string, options?: ComponentChangeOptions): Promise<RemoveComponentOutcome>
}

/** Loaded when the first of them is asked for: most products have no components. */
type ComponentUseCases = typeof import('./engine/components/index.js')

/** How the license client makes a call: refused once it is closed, ended when the signal aborts. */
export interface CallRules {
  call<Result>(signal: AbortSignal | undefined, operation: () => Promise<Result>): Promise<Result>
  terms(options: ComponentCallOptions | undefined): {
    readonly deadlineMs: number
    readonly endsAt: number
    readonly signal: AbortSignal | undefined
  }
  /** What is left to say when something failed here that nobody expected. */
  deferFailure(error: unknown): Deferred
}

export function composeComponents(
  openUseCases: () => Promise<Pick<UseCases, 'engine' | 'checkComponents'>>,
  { call, terms, deferFailure }: CallRules,
): ComponentClient {
  async function use<Result>(useCase: (engine: Engine, useCases: ComponentUseCases) => Promise<Result>) {
    return useCase((await openUseCases()).engine, await import('./engine/components/index.js'))
  }

  /** Options as they came, with the terms of the call read. */
  function read<Options extends ComponentChangeOptions>(options: Options | undefined) {
    requireDirectory(options?.directory)
    return { ...options, ...terms(options), downloadDeadlineMs: options?.deadlineMs }
  }

  /** A call whose answer is the hub's, if it answers. */
  function ask<Result>(
    options: ComponentCallOptions | undefined,
    useCase: (engine: Engine, useCases: ComponentUseCases) => Promise<Result>,
  ): Promise<Result | Deferred> {
    return call(options?.signal, () => use(useCase)).catch(deferFailure)
  }

  return {
    list: (options) => ask(options, (engine, { listComponents }) => listComponents(engine, terms(options))),
    available: (options) =>
      ask(options, (engine, { availableComponents }) => availableComponents(engine, terms(options))),
    installed: (options) =>
      call(options?.signal, () => use((engine, { installedComponents }) => installedComponents(engine, read(options)))),
    check: (options) =>
      call(options?.signal, async () =>
        (await openUseCases()).checkComponents({ ...terms(options), fresh: options?.fresh }),
      ).catch(deferFailure),
    download: (slug, options) =>
      ask(options, async (engine, { downloadComponent }) => {
        requireDirectory(options?.directory ?? null)
        return downloadComponent(engine, slug, { ...read(options), directory: options.directory })
      }),
    install: (slug, options) =>
      ask(options, async (engine, { installComponent }) => installComponent(engine, slug, read(options))),
    update: (slug, options) =>
      ask(options, async (engine, { updateComponent }) => updateComponent(engine, slug, read(options))),
    rollback: (slug, options) =>
      call(options?.signal, () =>
        use((engine, { rollBackComponent }) => rollBackComponent(engine, slug, read(options))),
      ),
    remove: (slug, options) =>
      call(options?.signal, () => use((engine, { removeComponent }) => removeComponent(engine, slug, read(options)))),
  }
}
