import type { Dispatcher } from 'undici'
import type { StreamRequest, Transport, TransportRequest, TransportResult } from '../ports/transport.js'
import { readBounded } from './bounded-body.js'
import { withDeadline } from './deadline.js'
import { loadUndiciCore } from './load-undici.js'
import { describeNetwork } from './network-environment.js'
import { networkFailure } from './network-failure.js'
import { type Freight, type OwnDispatcher, ownDispatcher } from './own-dispatcher.js'
import { onePiece } from './reused-memory.js'
import { streamedBody } from './streamed-body.js'

/**
 * HTTP by undici.
 *
 * @param injected - The caller's own dispatcher (a proxy with credentials, a private CA), which is never closed here.
 */
export function undiciTransport(injected?: Dispatcher): Transport {
  const closing = new AbortController()
  const own = new Map<Freight, OwnDispatcher>()
  let underWay = 0
  let gaveUp = false

  async function dispatcherFor(url: string, freight: Freight): Promise<Dispatcher> {
    // A call that was under way when the client was closed must not open a connection that nobody ends.
    closing.signal.throwIfAborted()
    if (injected) return injected
    const opened = own.get(freight) ?? ownDispatcher(new URL(url), freight)
    own.set(freight, opened)
    return opened.dispatcher
  }

  async function hangUp(): Promise<void> {
    const ended = [...own.values()]
    own.clear()
    gaveUp = false
    await Promise.all(ended.map((dispatcher) => dispatcher.hangUp()))
  }

  function begin(): (answered: boolean) => void {
    underWay += 1
    return (answered) => {
      underWay -= 1
      gaveUp ||= !answered
      // What was given up may still be connecting, and would keep the host's process alive for seconds.
      if (gaveUp && underWay === 0) void hangUp()
    }
  }

  return {
    async send(request) {
      const end = begin()
      let answered = false
      try {
        const result = await withDeadline(request, (signal) =>
          exchange(request, () => dispatcherFor(request.url, 'answers'), AbortSignal.any([signal, closing.signal])),
        )
        answered = result.ok
        return result
      } finally {
        end(answered)
      }
    },
    async stream(request) {
      const end = begin()
      const signal = AbortSignal.any([request.signal, closing.signal])
      try {
        const dispatcher = await dispatcherFor(request.url, request.publicOnly ? 'public-files' : 'files')
        const response = await ask(request, dispatcher, signal, { highWaterMark: onePiece })
        return {
          ok: true,
          response: {
            status: response.statusCode,
            headers: flatten(response.headers),
            body: streamedBody(response.body, request.signal, end),
            cancel() {
              // Nobody is told that a body which nobody wants has not arrived.
              response.body.on('error', () => undefined).destroy()
              end(true)
            },
          },
        }
      } catch (cause) {
        end(false)
        request.signal.throwIfAborted()
        return { ok: false, reason: networkFailure(cause), cause }
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
    const response = await ask(request, await openDispatcher(), signal)
    const body = await readBounded(response.body, request.maxBytes)
    if (!body) return { ok: false, reason: 'too-large', cause: undefined }
    return { ok: true, response: { status: response.statusCode, headers: flatten(response.headers), body } }
  } catch (cause) {
    return { ok: false, reason: networkFailure(cause), cause }
  }
}

async function ask(
  { method, url, headers, body }: Pick<StreamRequest, 'method' | 'url' | 'headers' | 'body'>,
  dispatcher: Dispatcher,
  signal: AbortSignal,
  options: Pick<Dispatcher.RequestOptions, 'highWaterMark'> = {},
): Promise<Dispatcher.ResponseData> {
  const { request } = await loadUndiciCore()
  const { origin, pathname, search } = new URL(url)
  return request(dispatcher, {
    ...options,
    origin,
    path: `${pathname}${search}`,
    method,
    headers,
    body,
    signal,
    // The deadline covers the whole exchange, so the library's own are off.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  )
  return Object.fromEntries(entries)
}
