import type { Agent, buildConnector, Dispatcher } from 'undici'
import { compileParser } from './compile-parser.js'
import { loadInTurns, nextTurn } from './load-in-turns.js'

/** What a request takes that goes through no proxy. */
export interface UndiciCore {
  readonly Agent: typeof Agent
  readonly buildConnector: typeof buildConnector
  readonly request: (dispatcher: Dispatcher, options: Dispatcher.RequestOptions) => Promise<Dispatcher.ResponseData>
}

/**
 * What the modules of undici stand on. An `import` of node:http makes a module of all that it exports, for which Node 22
 * and later load the undici of their own.
 */
const builtInFoundations: readonly (() => Promise<unknown>)[] = [
  async () => process.getBuiltinModule('node:net'),
  async () => process.getBuiltinModule('node:http'),
  async () => process.getBuiltinModule('node:tls'),
  async () => process.getBuiltinModule('node:http2'),
]

let core: Promise<UndiciCore> | undefined

/**
 * Loads of undici what is needed, when that is first needed: the whole, with its own `fetch`, sockets and caches, takes
 * three times as long and 8 MiB more. Another version of undici may have its parts elsewhere.
 */
export function loadUndiciCore(): Promise<UndiciCore> {
  core ??= loadParts()
    .catch(takeFromWhole)
    .catch((error: unknown) => {
      core = undefined
      throw error
    })
  return core
}

async function loadParts(): Promise<UndiciCore> {
  const parts = await import('./undici-parts.js')
  await loadInTurns([...builtInFoundations, ...parts.foundations.map(wherePresent)])
  // What does not come of this is made amid the first answer.
  await compileParser().catch(() => undefined)
  const { default: buildConnector } = await parts.loadConnector()
  const { default: Agent } = await parts.loadAgent()
  await nextTurn()
  const { default: request } = await parts.loadRequest()
  await nextTurn()
  return { Agent, buildConnector, request: (dispatcher, options) => request.call(dispatcher, options) }
}

/** Another version may do without a foundation, which costs the host a longer turn of its event loop and nothing else. */
function wherePresent(load: () => Promise<unknown>): () => Promise<unknown> {
  return () => load().catch(() => undefined)
}

async function takeFromWhole(): Promise<UndiciCore> {
  const { Agent, buildConnector, request } = await loadUndici()
  return {
    Agent,
    buildConnector,
    request: (dispatcher, { origin, path, ...options }) => request(`${origin}${path}`, { ...options, dispatcher }),
  }
}

/** Loads all of undici. */
export async function loadUndici(): Promise<typeof import('undici')> {
  // Whichever undici is loaded first puts its agent under the host's own `fetch`. Making an object of Node's loads
  // Node's, so that ours changes nothing outside this package. (A mere mention would be optimized away.)
  Reflect.construct(globalThis.Headers, [])
  return import('undici')
}
