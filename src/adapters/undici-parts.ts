/**
 * What is used of undici, by modules that it does not document. A file of its own, since Node is given it in another form
 * than a bundler: see rollup.config.js.
 */

/** What the others stand on, each after what it stands on itself: to be loaded in turns. */
export const foundations: readonly (() => Promise<unknown>)[] = [
  () => import('undici/lib/core/errors.js'),
  () => import('undici/lib/core/tree.js'),
  () => import('undici/lib/core/util.js'),
  () => import('undici/lib/core/connect.js'),
  () => import('undici/lib/dispatcher/dispatcher-base.js'),
  () => import('undici/lib/dispatcher/client-h1.js'),
  () => import('undici/lib/dispatcher/client.js'),
]

export const loadConnector = (): Promise<typeof import('undici/lib/core/connect.js')> =>
  import('undici/lib/core/connect.js')

export const loadAgent = (): Promise<typeof import('undici/lib/dispatcher/agent.js')> =>
  import('undici/lib/dispatcher/agent.js')

export const loadRequest = (): Promise<typeof import('undici/lib/api/api-request.js')> =>
  import('undici/lib/api/api-request.js')

/** The parser of HTTP, as a module of WebAssembly. */
export const loadParser = (): Promise<typeof import('undici/lib/llhttp/llhttp_simd-wasm.js')> =>
  import('undici/lib/llhttp/llhttp_simd-wasm.js')
