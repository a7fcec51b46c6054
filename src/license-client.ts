import { type ComponentClient, composeComponents } from './component-client.js'
import type { ClientEvents } from './domain/client-event.js'
import type { DownloadOutcome, DownloadProgress } from './domain/download/download.js'
import { defaultDownloadDeadlineMs } from './domain/download/download-pace.js'
import { FlavorLicenseError, isFlavorLicenseError } from './domain/errors.js'
import type { Explanation } from './domain/license/explanation.js'
import type { OfflineRequest } from './domain/license/offline-request.js'
import type {
  ActivateOfflineOutcome,
  ActivateOutcome,
  CheckUpdatesOutcome,
  DeactivateOutcome,
  ResetOutcome,
  UpdateInfoOutcome,
} from './domain/license/outcome.js'
import type { Setback } from './domain/license/setback.js'
import type { Verdict } from './domain/license/verdict.js'
import type { Release } from './domain/update/release.js'
import { deferral } from './engine/hub/deferral.js'
import { judgeRemembered } from './engine/license/verdict-on.js'
import { createVerification, type VerifyOptions } from './engine/license/verify.js'
import { onDemand } from './engine/on-demand.js'
import { createRecordEngine, type RecordPorts } from './engine/record-engine.js'
import type { Settings } from './engine/settings.js'
import type { OpenUseCases } from './engine/use-cases.js'
import { createEventSource } from './event-source.js'
import { packageVersion } from './package-version.js'
import type { Observer } from './ports/observer.js'
import { readDuration, requireDirectory, requireGroups } from './read-options.js'

/** How updates are checked. */
export interface UpdateCheckOptions extends CallOptions {
  /**
   * Asks the hub however fresh its last answer is, though never over its limits.
   *
   * @defaultValue false
   */
  readonly fresh?: boolean
}

/** How a release is downloaded. */
export interface DownloadOptions {
  /** Where the file is to be, an absolute path. It is made when it is missing. */
  readonly directory: string
  /** Called as the download advances, ten times a second at most. What it throws has no effect. */
  readonly onProgress?: (progress: DownloadProgress) => void
  /**
   * How long the download may take in all, in milliseconds. It ends sooner when less than 16 KiB arrive in 30 seconds.
   *
   * @defaultValue 1 hour
   */
  readonly deadlineMs?: number
  /**
   * Whether the installed version, or an older one, may be downloaded too.
   *
   * @defaultValue false
   */
  readonly allowOlder?: boolean
  readonly signal?: AbortSignal
}

/** What every call that asks the hub takes. */
export interface CallOptions {
  /** The longest that this call waits for the hub, in milliseconds. Default: the `requestDeadlineMs` option. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/**
 * The license of one product on one domain.
 *
 * What the hub or the network does is never thrown: it is part of the outcome. Every asynchronous method rejects with
 * a FlavorLicenseError only: `aborted` when its `signal` aborts, `closed` after {@link LicenseClient.close},
 * `directory-is-a-file` when the `directory` option names a file, `invalid-option` when what it takes is no object, or its
 * `deadlineMs` is no time.
 */
export interface LicenseClient {
  /** Whether the product is licensed: from the record while it is fresh, else from the hub. Always answers. */
  verify(options?: VerifyOptions): Promise<Verdict>
  /** Activates a key on this domain. Doing so again takes no second slot. */
  activate(licenseKey: string, options?: CallOptions): Promise<ActivateOutcome>
  /** Frees the activation, so that the license can be used elsewhere, and forgets the key. */
  deactivate(options?: CallOptions): Promise<DeactivateOutcome>
  /**
   * Installs a license that the vendor issued as a file for this machine, which never sees the hub. Takes pinned keys
   * (`hub.trustedKeys`). Updates stay off, since there is no key to ask with.
   *
   * @throws FlavorLicenseError also `invalid-option` when the token is no text.
   */
  activateOffline(token: string): Promise<ActivateOfflineOutcome>
  /** What the vendor must know to issue such a file. */
  offlineRequest(): Promise<OfflineRequest>
  /** Forgets the license on this machine, whatever its state. Asks no hub: a slot that it takes stays taken. */
  reset(): Promise<ResetOutcome>
  /**
   * Whether there are newer releases of the product and of its installed components. Answers by what the hub said last
   * for 12 hours, else asks: once for the product, and once for all components where any is installed.
   */
  checkUpdates(options?: UpdateCheckOptions): Promise<CheckUpdatesOutcome>
  /**
   * The changelog of a release of the product; without a `version`, of the latest. Asks the hub each time.
   *
   * @throws FlavorLicenseError also `invalid-version` when the `version` is none.
   */
  updateInfo(options?: CallOptions & { readonly version?: string }): Promise<UpdateInfoOutcome>
  /**
   * Downloads a release that {@link LicenseClient.checkUpdates} has offered, in this process or an earlier one. The path
   * is given out only for a file with the very size and SHA-256 of the release, whose signature is checked again where
   * keys are pinned. A download that breaks off goes on where it was, in this call or the next; of one file there is one
   * download, however many calls and processes ask for it; what is there already is not downloaded again.
   *
   * @throws FlavorLicenseError also `invalid-option` when the release is none, or the directory is not absolute.
   */
  downloadUpdate(release: Release, options: DownloadOptions): Promise<DownloadOutcome>
  /** The components of the product. */
  readonly components: ComponentClient
  /** The last verdict, judged at the present time, without looking anywhere. */
  status(): Verdict
  /** Whether the license works and includes `feature`. False before the first verdict. */
  has(feature: string): boolean
  /**
   * Calls `listener` at each event of a kind. Returns a function that ends it. What the listener throws, or rejects with,
   * has no effect.
   *
   * @throws FlavorLicenseError `invalid-option` when there is no event of that name.
   */
  on<Name extends keyof ClientEvents>(name: Name, listener: (event: ClientEvents[Name]) => void): () => void
  /** Why the verdict is what it is: one redacted object, fit for a support ticket. Asks no hub. */
  explain(): Promise<Explanation>
  /**
   * Checks license and updates in the background, every 12 hours at a time that is this installation's own. Never
   * keeps the process alive. What it finds comes as events.
   *
   * @throws FlavorLicenseError `closed` after {@link LicenseClient.close}.
   */
  start(): void
  /** Ends all connections and the background checks. Calls under way still answer, from the record. */
  close(): Promise<void>
}

/** What a client starts with. An observer, where there is one, hears what the author's listeners hear. */
export type StartPorts = Omit<RecordPorts, 'observer'> & { readonly observer?: Observer }

/**
 * @param openUseCases - Called when more is first asked for than the verdict from the record, and again when it failed:
 * a package that is being replaced under a running product may lack files for a moment.
 */
export function createClient(settings: Settings, ports: StartPorts, openUseCases: OpenUseCases): LicenseClient {
  const events = createEventSource(ports.observer)
  const engine = createRecordEngine(settings, { ...ports, observer: events.observer })
  const { verify, recall } = createVerification(engine, async (terms, signal) =>
    (await useCases()).askAboutRecord(terms, signal),
  )
  const useCases = onDemand(async () => {
    await ports.signature.prove()
    const opened = await openUseCases(engine, verify)
    endConnections = opened.close
    // A call that was under way when the client was closed must not open a connection that nobody ends.
    if (closed) await endConnections()
    return opened
  })
  let endConnections = async (): Promise<void> => undefined
  let closed = false

  async function call<Result>(signal: AbortSignal | undefined, operation: () => Promise<Result>): Promise<Result> {
    if (closed) throw closedError()
    try {
      signal?.throwIfAborted()
      return await operation()
    } catch (error) {
      if (!signal?.aborted) throw error
      throw new FlavorLicenseError('aborted', 'The call was aborted.', { cause: signal.reason })
    }
  }

  function terms(options: CallOptions = {}, fallbackMs = settings.requestDeadlineMs) {
    requireGroups({ 'the options of a call': options })
    const { deadlineMs, signal } = options
    const patienceMs = readDuration('deadlineMs', deadlineMs, fallbackMs)
    return { deadlineMs: patienceMs, endsAt: engine.clock.monotonic() + patienceMs, signal }
  }

  /** The time, or the beginning of time where there is no clock: the record's own floor then stands in for it. */
  function presentOrNone(): number {
    try {
      return engine.clock.now()
    } catch {
      return 0
    }
  }

  /** What is left to say when something failed here that nobody expected: it must not take the product down. */
  function failedHere(error: unknown): Setback {
    if (isFlavorLicenseError(error)) throw error
    return { reason: 'failed-here', retryAt: presentOrNone() }
  }

  const judgeFailure = (error: unknown) => judgeRemembered(engine, presentOrNone(), failedHere(error))
  const deferFailure = (error: unknown) => deferral({ kind: 'setback', setback: failedHere(error) })
  const status = () => judgeRemembered(engine, presentOrNone())

  return {
    verify(options) {
      // A product may ask at each of its requests: what needs no file takes no preparations either.
      const recalled = options || closed ? undefined : recall(presentOrNone())
      if (recalled) return Promise.resolve(recalled)
      return call(options?.signal, () => verify({ ...options, ...terms(options, settings.verifyDeadlineMs) })).catch(
        judgeFailure,
      )
    },
    activate: (licenseKey, options) =>
      call(options?.signal, async () => (await useCases()).activate(licenseKey, terms(options))).catch(deferFailure),
    deactivate: (options) =>
      call(options?.signal, async () => (await useCases()).deactivate(terms(options))).catch(deferFailure),
    activateOffline: (token) => call(undefined, async () => (await useCases()).activateOffline(token)),
    offlineRequest: () => call(undefined, async () => (await useCases()).offlineRequest()),
    reset: () => call(undefined, async () => (await useCases()).reset()),
    checkUpdates: (options) =>
      call(options?.signal, async () =>
        (await useCases()).checkUpdates({ ...terms(options), fresh: options?.fresh }),
      ).catch(deferFailure),
    updateInfo: (options) =>
      call(options?.signal, async () => (await useCases()).updateInfo(options?.version ?? null, terms(options))).catch(
        deferFailure,
      ),
    downloadUpdate: (release, options) =>
      call(options?.signal, async () => {
        requireDirectory(options?.directory ?? null)
        const deadlineMs = readDuration('deadlineMs', options.deadlineMs, defaultDownloadDeadlineMs)
        return (await useCases()).downloadUpdate(release, { ...options, deadlineMs })
      }).catch(deferFailure),
    components: composeComponents(useCases, { call, terms, deferFailure }),
    status,
    has(feature) {
      const verdict = status()
      return 'features' in verdict && verdict.features.includes(feature)
    },
    on: events.on,
    explain: () => call(undefined, async () => (await useCases()).explain(packageVersion)),
    start() {
      if (closed) throw closedError()
      useCases()
        .then(({ scheduler }) => closed || scheduler.start())
        .catch(() => undefined)
    },
    async close() {
      closed = true
      await endConnections()
    },
  }
}

function closedError(): FlavorLicenseError {
  return new FlavorLicenseError('closed', 'This license client has been closed. Create a new one.')
}
