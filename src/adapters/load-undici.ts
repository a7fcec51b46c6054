/** Loads undici, which costs more than everything else together, when it is first needed. */
export async function loadUndici(): Promise<typeof import('undici')> {
  // Whichever undici is loaded first puts its agent under the host's own `fetch`. Making an object of Node's loads
  // Node's, so that ours changes nothing outside this package. (A mere mention would be optimized away.)
  Reflect.construct(globalThis.Headers, [])
  return import('undici')
}
