import type { StreamRequest, StreamResult, Transport, TransportRequest, TransportResult } from '../ports/transport.js'
import { readBounded } from './bounded-body.js'
import { withDeadline } from './deadline.js'
import { describeNetwork } from './network-environment.js'
import { networkFailure } from './network-failure.js'
import { streamedBody } from './streamed-body.js'

/** HTTP by a `fetch` that the caller brings. */
export function fetchTransport(fetch: typeof globalThis.fetch): Transport {
  const closing = new AbortController()
  return {
    send: (request) =>
      withDeadline(request, (signal) => exchange(fetch, request, AbortSignal.any([signal, closing.signal]))),
    stream: (request) =>
      openStream(fetch, { ...request, signal: AbortSignal.any([request.signal, closing.signal]) }, request.signal),
    describe: () => describeNetwork('fetch'),
    close: async () => closing.abort(),
  }
}

async function exchange(
  fetch: typeof globalThis.fetch,
  request: TransportRequest,
  signal: AbortSignal,
): Promise<TransportResult> {
  try {
    const response = await ask(fetch, request, signal)
    const body = response.body ? await readBounded(response.body, request.maxBytes) : new Uint8Array()
    if (!body) return { ok: false, reason: 'too-large', cause: undefined }
    return { ok: true, response: { status: response.status, headers: Object.fromEntries(response.headers), body } }
  } catch (cause) {
    return { ok: false, reason: networkFailure(cause), cause }
  }
}

async function openStream(
  fetch: typeof globalThis.fetch,
  request: StreamRequest,
  callersSignal: AbortSignal,
): Promise<StreamResult> {
  try {
    const response = await ask(fetch, request, request.signal)
    const { status, body } = response
    const headers = Object.fromEntries(response.headers)
    return {
      ok: true,
      response: {
        status,
        headers,
        body: streamedBody(body ?? [], callersSignal),
        cancel: () => void body?.cancel().catch(() => undefined),
      },
    }
  } catch (cause) {
    callersSignal.throwIfAborted()
    return { ok: false, reason: networkFailure(cause), cause }
  }
}

async function ask(
  fetch: typeof globalThis.fetch,
  { method, url, headers, body }: Pick<StreamRequest, 'method' | 'url' | 'headers' | 'body'>,
  signal: AbortSignal,
): Promise<Response> {
  signal.throwIfAborted()
  return fetch(url, {
    method,
    headers,
    body,
    signal,
    // A redirect is shown to the caller of the transport, never followed: the body holds the license key.
    redirect: 'manual',
  })
}
