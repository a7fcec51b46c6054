const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The value of UTF-8 JSON bytes, or `undefined` for anything that is not exactly that (a BOM included). */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(utf8.decode(bytes))
  } catch {
    return undefined
  }
}

export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}
