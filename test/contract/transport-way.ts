import nock from 'nock'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { undiciTransport } from '../../src/adapters/undici-transport.js'
import type { Transport } from '../../src/ports/transport.js'
import { httpBytes } from '../support/http-bytes.js'
import { wireServer } from '../support/wire-server.js'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface SeenRequest {
  readonly method: string
  /** Path and query, as sent. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A hub that says what it is told to say, and the transport that reaches it. */
export interface HubDouble {
  /** The hub's base URL. */
  readonly url: string
  readonly transport: Transport
  readonly requests: readonly SeenRequest[]
  /** What every request from now on is answered. */
  reply(reply: Reply): void
  close(): Promise<void>
}

export interface TransportWay {
  readonly name: string
  readonly open: () => Promise<HubDouble>
}

const basePath = '/api/v1'

/** An injected global `fetch`, intercepted by nock. */
const nockWay: TransportWay = {
  name: 'nock under an injected fetch',
  async open() {
    const origin = 'https://admin.flavorteam.dev'
    const requests: SeenRequest[] = []
    let next: Reply | undefined
    /** The body as it was handed to fetch: nock shows it parsed. */
    let sent = ''
    // Its import activates it, which happens once where files share their modules.
    if (!nock.isActive()) nock.activate()
    nock.disableNetConnect()
    const answer = (seen: SeenRequest): nock.ReplyFnResult => {
      requests.push(seen)
      return next ? [next.status, next.body, next.headers] : [501]
    }
    const anything = /.*/
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'PATCH']) {
      nock(origin)
        .persist()
        .intercept(anything, method)
        .reply(function (target) {
          return answer({ method, target, headers: Object.fromEntries(headerEntries(this.req.headers)), body: sent })
        })
    }
    return {
      url: `${origin}${basePath}`,
      // Looked up at each call, since nock replaces it.
      transport: fetchTransport((input, init) => {
        sent = init?.body instanceof Uint8Array ? Buffer.from(init.body).toString() : String(init?.body ?? '')
        return globalThis.fetch(input, init)
      }),
      requests,
      reply(reply) {
        next = reply
      },
      async close() {
        nock.cleanAll()
        nock.enableNetConnect()
        nock.restore()
      },
    }
  },
}

function headerEntries(headers: Readonly<Record<string, string | string[]>>): [string, string][] {
  return Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])
}

/** A real server on loopback, reached by undici. */
const loopbackWay: TransportWay = {
  name: 'undici over loopback',
  async open() {
    const server = await wireServer()
    const transport = undiciTransport()
    return {
      url: `${server.origin}${basePath}`,
      transport,
      requests: server.requests,
      reply({ status, headers, body }) {
        const bytes = httpBytes({ status, headers: Object.entries(headers), body })
        server.respondWith((_request, socket) => {
          socket.write(bytes)
        })
      },
      async close() {
        await transport.close()
        await server.close()
      },
    }
  },
}

export const transportWays: readonly TransportWay[] = [nockWay, loopbackWay]
