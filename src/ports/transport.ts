import type { SetbackReason } from '../domain/setback.js'

export interface TransportRequest {
  readonly method: 'GET' | 'POST' | 'DELETE'
  readonly url: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  /** `null`: no body. */
  readonly body: Uint8Array | null
  /** From the call to the last byte of the body. */
  readonly deadlineMs: number
  /** A decoded body above this size is a setback. */
  readonly maxBytes: number
  readonly signal?: AbortSignal
}

export interface TransportResponse {
  readonly status: number
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

export type TransportResult =
  | { readonly ok: true; readonly response: TransportResponse }
  | {
      readonly ok: false
      readonly reason: Extract<
        SetbackReason,
        | 'name-not-resolved'
        | 'connection-refused'
        | 'connection-lost'
        | 'timeout'
        | 'tls-failed'
        | 'proxy-failed'
        | 'network-failed'
        | 'too-large'
      >
      /** What the runtime reported; it never holds a body. */
      readonly cause: unknown
    }

export interface TransportDescription {
  readonly client: 'undici' | 'dispatcher' | 'fetch'
  /** Variables of the environment that name a proxy; never their values, which may hold a password. */
  readonly proxyVariables: readonly string[]
  /** Whether an additional certificate authority is named in the environment. */
  readonly extraCertificates: boolean
  /** False when the environment switches off the verification of certificates: anybody can then pose as the hub. */
  readonly certificatesVerified: boolean
}

/**
 * Carries one HTTP request. Follows no redirect. What the network does is a result; it rejects only when `signal`
 * aborts.
 */
export interface Transport {
  send(request: TransportRequest): Promise<TransportResult>
  /** How requests travel, for a diagnosis. */
  describe(): TransportDescription
  close(): Promise<void>
}
