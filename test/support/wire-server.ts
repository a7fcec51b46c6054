import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer } from 'node:tls'
import type { Certificate } from './certificate.js'

/** A request exactly as its bytes came in. */
export interface ReceivedRequest {
  readonly method: string
  readonly target: string
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Answers a request with whatever bytes it likes, or with none. */
export type Respond = (request: ReceivedRequest, socket: Socket) => void | Promise<void>

/** A server on loopback that knows no rules of HTTP for its answers, so that it can break all of them. */
export interface WireServer {
  readonly origin: string
  readonly port: number
  readonly requests: readonly ReceivedRequest[]
  /** Connections ever accepted. */
  readonly connections: { readonly accepted: number }
  respondWith(respond: Respond): void
  /** Resolves when the connection of the last request has ended. */
  hungUp(): Promise<void>
  close(): Promise<void>
}

export interface WireServerOptions {
  readonly respond?: Respond
  readonly host?: string
  readonly certificate?: Certificate
}

export async function wireServer(options: WireServerOptions = {}): Promise<WireServer> {
  const { host = '127.0.0.1', certificate } = options
  let respond = options.respond ?? (() => undefined)
  const requests: ReceivedRequest[] = []
  const sockets = new Set<Socket>()
  let accepted = 0
  let hungUp = Promise.resolve()

  const accept = (socket: Socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const ended = new Promise<void>((resolve) => {
      socket.on('close', () => {
        sockets.delete(socket)
        resolve()
      })
    })
    readRequests(socket, (request) => {
      requests.push(request)
      hungUp = ended
      void respond(request, socket)
    })
  }
  const server = certificate ? createTlsServer(certificate, accept) : createTcpServer(accept)
  // Of a TLS server too this is the bare connection, whatever becomes of the handshake.
  server.on('connection', () => {
    accepted += 1
  })
  server.on('tlsClientError', () => undefined)
  const port = await listening(server, host)

  return {
    origin: `${certificate ? 'https' : 'http'}://${host}:${port}`,
    port,
    requests,
    connections: {
      get accepted() {
        return accepted
      },
    },
    respondWith(next) {
      respond = next
    },
    hungUp: () => hungUp,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

export function listening(server: Server, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, () => {
      const address = server.address()
      if (address === null || typeof address === 'string') reject(new Error('The server has no port.'))
      else resolve(address.port)
    })
  })
}

function readRequests(socket: Socket, onRequest: (request: ReceivedRequest) => void): void {
  let buffered = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk])
    for (;;) {
      const headEnd = buffered.indexOf('\r\n\r\n')
      if (headEnd < 0) return
      const [requestLine = '', ...lines] = buffered.toString('latin1', 0, headEnd).split('\r\n')
      const headers = Object.fromEntries(
        lines.map((line) => {
          const colon = line.indexOf(':')
          return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
        }),
      )
      const bodyEnd = headEnd + 4 + Number(headers['content-length'] ?? 0)
      if (buffered.length < bodyEnd) return
      const [method = '', target = ''] = requestLine.split(' ')
      const body = buffered.toString('utf8', headEnd + 4, bodyEnd)
      buffered = buffered.subarray(bodyEnd)
      onRequest({ method, target, headers, body })
    }
  })
}
