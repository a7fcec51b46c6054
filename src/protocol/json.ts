const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Far above any real message. */
const maxDepth = 64

/**
 * The value of UTF-8 JSON bytes, or `undefined` for anything that is not exactly that: with a byte order mark, with a
 * member named twice, or nested without end.
 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    const text = utf8.decode(bytes)
    const value: unknown = JSON.parse(text)
    return countMembers(value, maxDepth) === countNames(text) ? value : undefined
  } catch {
    return undefined
  }
}

export function encodeJson(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value))
}

/**
 * How many names of members a valid JSON text holds: outside its strings, a colon follows each. Of a name that stands
 * twice, some parsers take the first and others the last, so that one signed text would tell two readers two things.
 */
function countNames(text: string): number {
  return text.replaceAll(/"[^"\\]*(?:\\.[^"\\]*)*"/g, '').split(':').length - 1
}

/** How many members the objects in a value have; infinitely many where it is nested too deep. */
function countMembers(value: unknown, depth: number): number {
  if (typeof value !== 'object' || value === null) return 0
  if (depth === 0) return Number.POSITIVE_INFINITY
  const items: readonly unknown[] = Object.values(value)
  const own = Array.isArray(value) ? 0 : items.length
  return items.reduce<number>((sum, item) => sum + countMembers(item, depth - 1), own)
}
