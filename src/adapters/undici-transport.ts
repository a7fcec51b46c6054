import type { Dispatcher } from 'undici'
import { isLoopback } from '../domain/hub-url.js'
import type { Transport, TransportRequest, TransportResult } from '../ports/transport.js'
import { readBounded } from './bounded-body.js'
import { withDeadline } from './deadline.js'
import { describeNetwork, proxyVariables } from './network-environment.js'
import { networkFailure } from './network-failure.js'

const keepAlive = { connections: 4, keepAliveTimeout: 4_000, keepAliveMaxTimeout: 4_000 }

/**
 * HTTP by undici, which costs more to load than everything else together and is loaded with the first request.
 *
 * @param injected - The caller's own dispatcher (a proxy with credentials, a private CA), which is never closed here.
 */
export function undiciTransport(injected?: Dispatcher): Transport {
  let own: Promise<Dispatcher> | undefined

  async function dispatcherFor(url: URL): Promise<Dispatcher> {
    if (injected) return injected
    own ??= openDispatcher(url)
    return own
  }

  return {
    async send(request) {
      return withDeadline(request, (signal) => exchange(request, dispatcherFor(new URL(request.url)), signal))
    },
    describe: () => describeNetwork(injected ? 'dispatcher' : 'undici'),
    async close() {
      const dispatcher = await own
      own = undefined
      await dispatcher?.destroy()
    },
  }
}

async function exchange(
  request: TransportRequest,
  dispatcher: Promise<Dispatcher>,
  signal: AbortSignal,
): Promise<TransportResult> {
  try {
    const { request: send } = await import('undici')
    const response = await send(request.url, {
      method: request.method,
      headers: request.headers,
      body: request.body,
      dispatcher: await dispatcher,
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

async function openDispatcher(url: URL): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici')
  const proxied = proxyVariables().length > 0 && !isLoopback(url)
  return proxied ? new EnvHttpProxyAgent(keepAlive) : new Agent(keepAlive)
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  )
  return Object.fromEntries(entries)
}
