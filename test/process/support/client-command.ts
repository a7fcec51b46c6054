import type {
  ActivateOutcome,
  DeactivateOutcome,
  DownloadOutcome,
  Explanation,
  InstallComponentOutcome,
  InstalledComponentsOutcome,
  RemoveComponentOutcome,
  ResetOutcome,
  RollBackComponentOutcome,
  Verdict,
  VerifyOptions,
} from '../../../src/index.js'

/** The options of a client in another process, as the program's one argument. */
export interface ClientSetup {
  readonly url: string
  readonly trustedKeys?: Readonly<Record<string, string>>
  readonly domain?: string
  readonly directory?: string
  readonly installationId?: string
  /** Where components are. */
  readonly components?: string
  /** Sends requests by the runtime's own `fetch`, which starts faster than undici. */
  readonly byFetch?: boolean
  /** How long its calls wait for the hub. Default: as long as a product's. */
  readonly patienceMs?: number
}

/** What such a client is asked to do: one line of its standard input. */
export type ClientCommand =
  | { readonly call: 'activate'; readonly key: string }
  | { readonly call: 'verify'; readonly options?: Omit<VerifyOptions, 'signal'> }
  | { readonly call: 'install' | 'rollback'; readonly slug: string; readonly healthy?: boolean }
  | { readonly call: 'remove'; readonly slug: string }
  | { readonly call: 'installed' }
  /** The newest release, to that directory. */
  | { readonly call: 'download'; readonly directory: string }
  | { readonly call: 'deactivate' | 'explain' | 'reset' | 'status' }

export interface ClientAnswers {
  readonly activate: ActivateOutcome
  readonly verify: Verdict
  readonly download: DownloadOutcome
  readonly deactivate: DeactivateOutcome
  readonly explain: Explanation
  readonly reset: ResetOutcome
  readonly status: Verdict
  readonly install: InstallComponentOutcome
  readonly rollback: RollBackComponentOutcome
  readonly remove: RemoveComponentOutcome
  readonly installed: InstalledComponentsOutcome
}

/** One line of its standard output. */
export type ClientLine =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'error'; readonly code: string; readonly message: string }
  | { readonly kind: 'warning'; readonly code: string; readonly message: string }
