import type { Transport, TransportRequest, TransportResult } from '../ports/transport.js'
import { readBounded } from './bounded-body.js'
import { withDeadline } from './deadline.js'
import { describeNetwork } from './network-environment.js'
import { networkFailure } from './network-failure.js'

/** HTTP by a `fetch` that the caller brings. */
export function fetchTransport(fetch: typeof globalThis.fetch): Transport {
  const closing = new AbortController()
  return {
    send: (request) =>
      withDeadline(request, (signal) => exchange(fetch, request, AbortSignal.any([signal, closing.signal]))),
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
    signal.throwIfAborted()
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      signal,
      // A redirect is shown to the caller of the transport, never followed: the body holds the license key.
      redirect: 'manual',
    })
    const body = response.body ? await readBounded(response.body, request.maxBytes) : new Uint8Array()
    if (!body) return { ok: false, reason: 'too-large', cause: undefined }
    return { ok: true, response: { status: response.status, headers: Object.fromEntries(response.headers), body } }
  } catch (cause) {
    return { ok: false, reason: networkFailure(cause), cause }
  }
}
