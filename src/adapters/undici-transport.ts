import type { Dispatcher } from 'undici'
import type { Transport, TransportRequest, TransportResult } from '../ports/transport.js'
import { readBounded } from './bounded-body.js'
import { withDeadline } from './deadline.js'
import { loadUndici } from './load-undici.js'
import { describeNetwork } from './network-environment.js'
import { networkFailure } from './network-failure.js'
import { type OwnDispatcher, ownDispatcher } from './own-dispatcher.js'

/**
 * HTTP by undici.
 *
 * @param injected - The caller's own dispatcher (a proxy with credentials, a private CA), which is never closed here.
 */
export function undiciTransport(injected?: Dispatcher): Transport {
  const closing = new AbortController()
  let own: OwnDispatcher | undefined
  let underWay = 0
  let gaveUp = false

  async function dispatcherFor(url: string): Promise<Dispatcher> {
    // A call that was under way when the client was closed must not open a connection that nobody ends.
    closing.signal.throwIfAborted()
    if (injected) return injected
    own ??= ownDispatcher(new URL(url))
    return own.dispatcher
  }

  async function hangUp(): Promise<void> {
    const ended = own
    own = undefined
    gaveUp = false
    await ended?.hangUp()
  }

  return {
    async send(request) {
      underWay += 1
      let answered = false
      try {
        const result = await withDeadline(request, (signal) =>
          exchange(request, () => dispatcherFor(request.url), AbortSignal.any([signal, closing.signal])),
        )
        answered = result.ok
        return result
      } finally {
        underWay -= 1
        gaveUp ||= !answered
        // What was given up may still be connecting, and would keep the host's process alive for seconds.
        if (gaveUp && underWay === 0) void hangUp()
      }
    },
    describe: () => describeNetwork(injected ? 'dispatcher' : 'undici'),
    async close() {
      closing.abort()
      await hangUp()
    },
  }
}

async function exchange(
  request: TransportRequest,
  openDispatcher: () => Promise<Dispatcher>,
  signal: AbortSignal,
): Promise<TransportResult> {
  try {
    const { request: send } = await loadUndici()
    const response = await send(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      dispatcher: await openDispatcher(),
      signal,
      // The deadline covers the whole exchange, so the library's own are off.
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const body = await readBounded(response.body, request.maxBytes)
    if (!body) return { ok: false, reason: 'too-large', cause: undefined }
    return { ok: true, response: { status: response.statusCode, headers: flatten(response.headers), body } }
  } catch (cause) {
    return { ok: false, reason: networkFailure(cause), cause }
  }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  )
  return Object.fromEntries(entries)
}
