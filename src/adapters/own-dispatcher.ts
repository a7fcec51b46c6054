import { promisify } from 'node:util'
import type { Dispatcher } from 'undici'
import { isLoopback } from '../domain/hub-url.js'
import { loadUndici } from './load-undici.js'
import { proxyVariables } from './network-environment.js'
import { publicLookup } from './public-lookup.js'

/** A dispatcher of our own, with its connections. */
export interface OwnDispatcher {
  readonly dispatcher: Promise<Dispatcher>
  /** Ends all connections, those that are still being made included. */
  hangUp(): Promise<void>
}

const keepAlive = { connections: 4, keepAliveTimeout: 4_000, keepAliveMaxTimeout: 4_000 }

/**
 * Keeps connections alive, and goes through the proxy that the environment names; to loopback never.
 *
 * @param publicOnly - Whether names may lead to public addresses alone. Through a proxy, which looks them up, they may
 * lead anywhere that the proxy permits.
 */
export function ownDispatcher(url: URL, publicOnly: boolean): OwnDispatcher {
  const ending = new AbortController()
  const proxied = proxyVariables().length > 0 && !isLoopback(url)
  const dispatcher = proxied ? openProxyDispatcher(ending.signal) : openAgent(ending.signal, publicOnly)
  return {
    dispatcher,
    async hangUp() {
      // The library waits for a connection that is being made, for seconds where a firewall swallows it, before it
      // heeds `destroy`; the signal reaches the socket itself.
      ending.abort()
      const opened = await dispatcher.catch(() => undefined)
      await opened?.destroy()
    },
  }
}

async function openAgent(signal: AbortSignal, publicOnly: boolean): Promise<Dispatcher> {
  const { Agent } = await loadUndici()
  return new Agent({ ...keepAlive, connect: { signal, ...(publicOnly && { lookup: publicLookup }) } })
}

async function openProxyDispatcher(signal: AbortSignal): Promise<Dispatcher> {
  const { EnvHttpProxyAgent, Pool } = await loadUndici()
  const throughProxy = (cause: unknown) => new Error('The proxy did not open a tunnel.', { cause })
  try {
    return new EnvHttpProxyAgent({
      ...keepAlive,
      connect: { signal },
      // The library takes a proxy that hangs up for a passing fault and connects again at once, thousands of times a
      // second, which not even a signal ends. Under an error of another kind it gives up.
      clientFactory(origin) {
        const pool = new Pool(origin, { connect: { signal } })
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
