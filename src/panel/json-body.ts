import { PanelError } from './panel-error.js'

/** A license key and a few names: nobody has more to say here. */
const maxBytes = 4 * 1024

/** The members of a request's JSON object. Rejects with a PanelError for anything else. */
export async function readJsonBody(request: Request): Promise<Readonly<Record<string, unknown>>> {
  // A form of another site can be sent without being asked first, but not under this type.
  if (!/^application\/json\s*(?:;|$)/i.test(request.headers.get('content-type') ?? '')) {
    throw new PanelError('wrong-content-type')
  }
  const value = parse(await readBytes(request.body))
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new PanelError('malformed')
  return Object.fromEntries(Object.entries(value))
}

/** The text at `name`. Throws a PanelError when there is none. */
export function textMember(body: Readonly<Record<string, unknown>>, name: string): string {
  const value = Object.hasOwn(body, name) ? body[name] : undefined
  if (typeof value !== 'string') throw new PanelError('malformed')
  return value
}

async function readBytes(body: ReadableStream<Uint8Array> | null): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let length = 0
  // The stated length may be a lie, so the bytes are counted (memory exhaustion).
  for await (const chunk of body ?? []) {
    length += chunk.byteLength
    if (length > maxBytes) throw new PanelError('too-large')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, length)
}

function parse(body: Uint8Array): unknown {
  try {
    // Broken UTF-8 is refused, not repaired: another reader may have understood it otherwise.
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    throw new PanelError('malformed')
  }
}
