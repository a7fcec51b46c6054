import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { withLastingSignal } from './lasting-signal.js'
import { textReply } from './reply.js'

/** A real server in front of a fetch-shaped handler. */
export interface ListeningServer {
  /** Scheme, host and port. */
  readonly origin: string
  readonly port: number
  /** Stops listening and breaks what is under way. Safe to call twice. */
  close(): Promise<void>
}

export interface ListenAddress {
  readonly port: number
  readonly host: string
}

type Respond = (request: Request, remoteAddress: string, origin: string) => Promise<Response>

/** As uvicorn does. */
const keepAliveMs = 5_000
const longestBody = 1_048_576

/** A handler that rejects has its connection broken without an answer. */
export async function listen({ port, host }: ListenAddress, respond: Respond): Promise<ListeningServer> {
  let origin = ''
  const server = createServer((incoming, outgoing) => {
    serve(incoming, outgoing, origin, respond).catch(() => incoming.socket.destroy())
  })
  server.keepAliveTimeout = keepAliveMs
  const address = await bound(server, port, host)
  origin = `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
  return { origin, port: address.port, close: () => closed(server) }
}

async function serve(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  origin: string,
  respond: Respond,
): Promise<void> {
  const abort = new AbortController()
  outgoing.once('close', () => abort.abort())
  const body = await bodyOf(incoming)
  const response =
    body === 'too-long'
      ? textReply(413, 'text/html', '<html><head><title>413 Request Entity Too Large</title></head></html>')
      : await respond(requestOf(incoming, body, origin, abort.signal), remoteAddressOf(incoming), origin)
  outgoing.writeHead(response.status, [...response.headers].flat())
  if (response.body === null || incoming.method === 'HEAD') {
    outgoing.end()
    return
  }
  await pipeline(Readable.fromWeb(response.body as NodeReadableStream<Uint8Array>), outgoing)
}

async function bodyOf(incoming: IncomingMessage): Promise<Buffer<ArrayBuffer> | 'too-long'> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of incoming) {
    length += chunk.length
    if (length > longestBody) return 'too-long'
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function requestOf(incoming: IncomingMessage, body: Buffer<ArrayBuffer>, origin: string, signal: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, values] of Object.entries(incoming.headersDistinct)) {
    for (const value of values ?? []) headers.append(name, value)
  }
  // A redirect to the exact path names the host that the client named.
  const base = incoming.headers.host === undefined ? origin : `http://${incoming.headers.host}`
  const method = incoming.method ?? 'GET'
  const hasBody = method !== 'GET' && method !== 'HEAD' && body.byteLength > 0
  const request = new Request(new URL(incoming.url ?? '/', base), { method, headers, ...(hasBody ? { body } : {}) })
  return withLastingSignal(request, signal)
}

function remoteAddressOf(incoming: IncomingMessage): string {
  return (incoming.socket.remoteAddress ?? 'unknown').replace(/^::ffff:/, '')
}

function bound(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The server has no port.'))
      else resolve(address)
    })
  })
}

function closed(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
