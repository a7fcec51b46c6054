/** Parts of undici, which describes itself as a whole alone. */
declare module 'undici/lib/dispatcher/agent.js' {
  export { Agent as default } from 'undici'
}

declare module 'undici/lib/core/connect.js' {
  export { buildConnector as default } from 'undici'
}

declare module 'undici/lib/api/api-request.js' {
  import type { Dispatcher } from 'undici'
  export default function request(
    this: Dispatcher,
    options: Dispatcher.RequestOptions,
  ): Promise<Dispatcher.ResponseData>
}

declare module 'undici/lib/llhttp/llhttp_simd-wasm.js' {
  /** A module of WebAssembly. */
  const parser: Uint8Array
  export default parser
}

// Loaded for what they load, and for nothing that is in them.
declare module 'undici/lib/core/errors.js' {}
declare module 'undici/lib/core/tree.js' {}
declare module 'undici/lib/core/util.js' {}
declare module 'undici/lib/dispatcher/dispatcher-base.js' {}
declare module 'undici/lib/dispatcher/client-h1.js' {}
declare module 'undici/lib/dispatcher/client.js' {}
