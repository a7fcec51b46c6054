import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What `createPanelHandler` gives, and every other Web-standard handler. */
export type WebHandler = (request: Request) => Promise<Response>

/**
 * A Web-standard handler as a listener of node:http, and as a middleware of Express and Connect.
 *
 * It may stand before `express.json()` or behind it: a body that has been read already is taken from `request.body`.
 */
export function toNodeListener(handler: WebHandler): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch(() => outgoing.destroy())
  }
}

async function answer(handler: WebHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const request = toWebRequest(incoming, gone.signal)
  const { status, headers, body } = request ? await handler(request) : new Response(null, { status: 400 })
  outgoing.writeHead(status, [...headers].flat())
  if (body) await pipeline(Readable.fromWeb(body), outgoing)
  else outgoing.end()
}

/**
 * `undefined` for what node:http lets through and no Web request can be: another method, an address that is none.
 *
 * @param signal - Aborts once nobody waits for the answer.
 */
function toWebRequest(incoming: IncomingMessage, signal: AbortSignal): Request | undefined {
  const { method = 'GET', headersDistinct } = incoming
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http'
  // Express takes the path that a middleware is mounted at off the URL; the panel's own option names it.
  const path = 'originalUrl' in incoming ? String(incoming.originalUrl) : (incoming.url ?? '/')
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  try {
    // One text, so that no path is taken for an address of its own: `//evil.example/`, or one that is written in full.
    const request = new Request(`${scheme}://${incoming.headers.host ?? 'localhost'}${path}`, {
      method,
      headers,
      ...(hasBody && { body: bodyOf(incoming), duplex: 'half' }),
    })
    // Not the one that a Request makes of it: that is tied to a controller which nobody holds, and forgets it with that.
    return Object.defineProperty(request, 'signal', { value: signal })
  } catch {
    return undefined
  }
}

function bodyOf(incoming: IncomingMessage): ReadableStream<Uint8Array> | string {
  const isRead = 'body' in incoming && incoming.readableEnded
  return isRead ? JSON.stringify(incoming.body) : (Readable.toWeb(incoming) as ReadableStream<Uint8Array>)
}
