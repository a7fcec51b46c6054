import { promisify } from 'node:util'
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
  const closing = new AbortController()
  let own: Promise<Dispatcher> | undefined

  async function dispatcherFor(url: string): Promise<Dispatcher> {
    // A call that was under way when the client was closed must not open a connection that nobody ends.
    closing.signal.throwIfAborted()
    if (injected) return injected
    own ??= openDispatcher(new URL(url))
    return own
  }

  return {
    send: (request) =>
      withDeadline(request, (signal) =>
        exchange(request, () => dispatcherFor(request.url), AbortSignal.any([signal, closing.signal])),
      ),
    describe: () => describeNetwork(injected ? 'dispatcher' : 'undici'),
    async close() {
      closing.abort()
      const dispatcher = await own?.catch(() => undefined)
      await dispatcher?.destroy()
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

async function loadUndici(): Promise<typeof import('undici')> {
  // Whichever undici is loaded first puts its agent under the host's own `fetch`. Making an object of Node's loads
  // Node's, so that ours changes nothing outside this file. (A mere mention would be optimized away.)
  Reflect.construct(globalThis.Headers, [])
  return import('undici')
}

async function openDispatcher(url: URL): Promise<Dispatcher> {
  const { Agent } = await loadUndici()
  const proxied = proxyVariables().length > 0 && !isLoopback(url)
  return proxied ? openProxyDispatcher() : new Agent(keepAlive)
}

async function openProxyDispatcher(): Promise<Dispatcher> {
  const { EnvHttpProxyAgent, Pool } = await loadUndici()
  const throughProxy = (cause: unknown) => new Error('The proxy did not open a tunnel.', { cause })
  try {
    return new EnvHttpProxyAgent({
      ...keepAlive,
      // The library takes a proxy that hangs up for a passing fault and connects again at once, thousands of times a
      // second, which not even a signal ends. Under an error of another kind it gives up.
      clientFactory(origin, options) {
        const pool = new Pool(origin, options)
        const openTunnel = promisify(pool.connect.bind(pool))
        const connect = (request: Dispatcher.ConnectOptions) =>
          openTunnel(request).catch((cause: unknown) => Promise.reject(throughProxy(cause)))
        return Object.assign(pool, { connect })
      },
    })
  } catch (cause) {
    throw new Error('The address of the proxy is not valid.', { cause })
  }
}

function flatten(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value] as const],
  )
  return Object.fromEntries(entries)
}
