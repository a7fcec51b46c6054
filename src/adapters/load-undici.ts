import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Agent, buildConnector, Dispatcher } from 'undici'

/** What a request takes that goes through no proxy. */
export interface UndiciCore {
  readonly Agent: typeof Agent
  readonly buildConnector: typeof buildConnector
  readonly request: (dispatcher: Dispatcher, options: Dispatcher.RequestOptions) => Promise<Dispatcher.ResponseData>
}

/**
 * Loads of undici what is needed, when that is first needed: the whole, with its own `fetch`, sockets and caches, takes
 * three times as long and 8 MiB more. Another version of undici may have its parts elsewhere.
 */
export async function loadUndiciCore(): Promise<UndiciCore> {
  try {
    // In turns of the event loop, with what they load of Node before them: at once, they would keep the host from
    // everything else for three times as long.
    await import('node:http')
    await nextTurn()
    await import('node:http2')
    await nextTurn()
    const connect = await import('undici/lib/core/connect.js')
    await nextTurn()
    const agent = await import('undici/lib/dispatcher/agent.js')
    await nextTurn()
    const api = await import('undici/lib/api/api-request.js')
    const { default: request } = api
    return {
      Agent: agent.default,
      buildConnector: connect.default,
      request: (dispatcher, options) => request.call(dispatcher, options),
    }
  } catch {
    const { Agent, buildConnector, request } = await loadUndici()
    return {
      Agent,
      buildConnector,
      request: (dispatcher, { origin, path, ...options }) => request(`${origin}${path}`, { ...options, dispatcher }),
    }
  }
}

/** Loads all of undici. */
export async function loadUndici(): Promise<typeof import('undici')> {
  // Whichever undici is loaded first puts its agent under the host's own `fetch`. Making an object of Node's loads
  // Node's, so that ours changes nothing outside this package. (A mere mention would be optimized away.)
  Reflect.construct(globalThis.Headers, [])
  return import('undici')
}
