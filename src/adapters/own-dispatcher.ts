import type { Socket } from 'node:net'
import { promisify } from 'node:util'
import type { buildConnector, Dispatcher } from 'undici'
import { isLoopback } from '../domain/hub-url.js'
import { nextTurn } from './load-in-turns.js'
import { loadUndici, loadUndiciCore } from './load-undici.js'
import { proxyVariables } from './network-environment.js'
import { publicLookup } from './public-lookup.js'
import { onePiece, reusedMemory } from './reused-memory.js'

/** A dispatcher of our own, with its connections. */
export interface OwnDispatcher {
  readonly dispatcher: Promise<Dispatcher>
  /** Ends all connections, those that are still being made included. */
  hangUp(): Promise<void>
}

/**
 * - `answers`: answers of the hub.
 * - `files`: files, whose bytes stay in place only until the next ones are asked for.
 * - `public-files`: files from public addresses alone. Through a proxy, which looks names up, they may come from anywhere
 *   that the proxy permits.
 */
export type Freight = 'answers' | 'files' | 'public-files'

const keepAlive = { connections: 4, keepAliveTimeout: 4_000, keepAliveMaxTimeout: 4_000 }

/** Keeps connections alive, and goes through the proxy that the environment names; to loopback never. */
export function ownDispatcher(url: URL, freight: Freight): OwnDispatcher {
  const attempts = new Set<AbortController>()
  const proxied = proxyVariables().length > 0 && !isLoopback(url)
  const dispatcher = proxied ? openProxyDispatcher(attempts) : openAgent(attempts, freight)
  return {
    dispatcher,
    async hangUp() {
      // The library waits for a connection that is being made, for seconds where a firewall swallows it, before it
      // heeds `destroy`; the signal reaches the socket itself.
      for (const attempt of attempts) attempt.abort()
      const opened = await dispatcher.catch(() => undefined)
      await opened?.destroy()
    },
  }
}

async function openAgent(attempts: Set<AbortController>, freight: Freight): Promise<Dispatcher> {
  const { Agent } = await loadUndiciCore()
  const options = freight === 'public-files' ? { lookup: publicLookup } : {}
  const connect = await connector(attempts, options, freight !== 'answers')
  const agent = new Agent({ ...keepAlive, connect })
  // What is loaded by now and what the first request runs for the first time take a few milliseconds each.
  await nextTurn()
  return agent
}

/**
 * Makes connections that can be called off. Each has a signal of its own, which ends with the attempt: Node never takes
 * back the listener that a socket puts on its signal, so that a common one would gather them for as long as the product
 * runs, and complain about it in the product's name.
 */
async function connector(
  attempts: Set<AbortController>,
  options: buildConnector.BuildOptions,
  reusesMemory: boolean,
): Promise<buildConnector.connector> {
  const { buildConnector } = await loadUndiciCore()
  return (target, callback) => {
    const attempt = new AbortController()
    attempts.add(attempt)
    let opened: Socket | null = null
    const reading = reusesMemory && {
      highWaterMark: onePiece,
      onread: reusedMemory((piece) => opened?.push(piece) ?? true),
    }
    buildConnector({ ...options, ...reading, signal: attempt.signal })(target, (...result) => {
      attempts.delete(attempt)
      opened = result[1]
      callback(...result)
    })
  }
}

async function openProxyDispatcher(attempts: Set<AbortController>): Promise<Dispatcher> {
  const { EnvHttpProxyAgent, Pool } = await loadUndici()
  const connect = await connector(attempts, {}, false)
  const throughProxy = (cause: unknown) => new Error('The proxy did not open a tunnel.', { cause })
  try {
    return new EnvHttpProxyAgent({
      ...keepAlive,
      connect,
      // The library takes a proxy that hangs up for a passing fault and connects again at once, thousands of times a
      // second, which not even a signal ends. Under an error of another kind it gives up.
      clientFactory(origin) {
        const pool = new Pool(origin, { connect })
        const openTunnel = promisify(pool.connect.bind(pool))
        const connectThrough = (request: Dispatcher.ConnectOptions) =>
          openTunnel(request).catch((cause: unknown) => Promise.reject(throughProxy(cause)))
        return Object.assign(pool, { connect: connectThrough })
      },
    })
  } catch (cause) {
    throw new Error('The address of the proxy is not valid.', { cause })
  }
}
