import type { IncomingMessage, ServerResponse } from 'node:http'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

/** What `createPanelHandler` gives, and every other Web-standard handler. */
export type WebHandler = (request: Request) => Promise<Response>

/**
 * A Web-standard handler as a listener of node:http, and as a middleware of Express and Connect.
 *
 * Mount it before anything that reads the body.
 */
export function toNodeListener(handler: WebHandler): (request: IncomingMessage, response: ServerResponse) => void {
  return (incoming, outgoing) => {
    answer(handler, incoming, outgoing).catch(() => outgoing.destroy())
  }
}

async function answer(handler: WebHandler, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const gone = new AbortController()
  outgoing.once('close', () => gone.abort())
  const { status, headers, body } = await handler(toWebRequest(incoming, gone.signal))
  outgoing.writeHead(status, [...headers].flat())
  if (body) await pipeline(Readable.fromWeb(body), outgoing)
  else outgoing.end()
}

/** @param signal - Aborts once nobody waits for the answer. */
function toWebRequest(incoming: IncomingMessage, signal: AbortSignal): Request {
  const { method = 'GET', headersDistinct } = incoming
  const scheme = 'encrypted' in incoming.socket ? 'https' : 'http'
  // Express takes the path that a middleware is mounted at off the URL; the panel's own option names it.
  const path = 'originalUrl' in incoming ? String(incoming.originalUrl) : (incoming.url ?? '/')
  const headers = Object.entries(headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  )
  const hasBody = method !== 'GET' && method !== 'HEAD'
  // The host that stands in front of the path is a mere form: the panel judges the Host header itself.
  return new Request(new URL(path, `${scheme}://${incoming.headers.host ?? 'localhost'}`), {
    method,
    headers,
    signal,
    ...(hasBody && { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' }),
  })
}
