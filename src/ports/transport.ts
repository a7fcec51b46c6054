import type { SetbackReason } from '../domain/license/setback.js'

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

export type NetworkFailure = Extract<
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

export interface TransportProblem {
  readonly ok: false
  readonly reason: NetworkFailure
  /** What the runtime reported; it never holds a body. */
  readonly cause: unknown
}

export type TransportResult = { readonly ok: true; readonly response: TransportResponse } | TransportProblem

/** A request whose answer may be longer than memory. */
export interface StreamRequest extends Pick<TransportRequest, 'method' | 'url' | 'headers'> {
  readonly body: Uint8Array | null
  /**
   * Connects to addresses of the public internet alone, wherever the name may lead. Where a proxy or the author's own
   * dispatcher or `fetch` looks names up, that is theirs to see to.
   */
  readonly publicOnly: boolean
  /** Ends the exchange, at any time. */
  readonly signal: AbortSignal
}

export interface StreamedResponse extends Pick<TransportResponse, 'status' | 'headers'> {
  /**
   * To be read, to its end or until `break`, unless it is canceled. Each piece is good until the next is asked for: its
   * memory may be used again. Throws a {@link BodyFailure} when the network fails, and the signal's reason when that
   * aborts.
   */
  readonly body: AsyncIterable<Uint8Array>
  /** Leaves the body unread. */
  cancel(): void
}

export type StreamResult = { readonly ok: true; readonly response: StreamedResponse } | TransportProblem

/** The network failed while a body was on its way. */
export class BodyFailure extends Error {
  override readonly name: string = 'BodyFailure'
  readonly reason: NetworkFailure

  constructor(reason: NetworkFailure, cause: unknown) {
    super('The body did not arrive whole.', { cause })
    this.reason = reason
  }
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
  /** As `send`, but answers once the head of the response is here, and sets no deadline. */
  stream(request: StreamRequest): Promise<StreamResult>
  /** How requests travel, for a diagnosis. */
  describe(): TransportDescription
  close(): Promise<void>
}
