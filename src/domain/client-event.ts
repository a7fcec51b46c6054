import type { SetbackReason } from './license/setback.js'
import type { Verdict } from './license/verdict.js'
import type { Release } from './update/release.js'

/** Something the author should know about, once. Stable codes. */
export type WarningCode =
  | 'unpinned-hub'
  | 'storage-unavailable'
  | 'shared-store-unavailable'
  | 'record-damaged'
  | 'domain-changed'
  | 'installation-not-kept'
  | 'record-foreign'
  | 'updates-went-back'
  | 'answers-unproven'

/** Told once for each code. Its sentence is for the author, not for the customer. */
export interface ClientWarning {
  readonly code: WarningCode
  readonly message: string
}

/** A request to the hub, redacted: neither bodies nor keys. */
export interface RequestReport {
  readonly operation: string
  readonly sentAt: number
  readonly durationMs: number
  /** The HTTP status, or `null` when no response came. */
  readonly status: number | null
  readonly outcome: 'answer' | 'refusal' | SetbackReason
}

/** The events of a client, by name. */
export interface ClientEvents {
  /** A verdict differs from the one before in state, reason or terms. */
  readonly verdict: Verdict
  readonly update: Release
  readonly warning: ClientWarning
  readonly request: RequestReport
}
