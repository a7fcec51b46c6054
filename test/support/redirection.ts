import { Agent } from 'undici'
import { onTestFinished } from 'vitest'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { undiciTransport } from '../../src/adapters/undici-transport.js'
import type { Transport } from '../../src/ports/transport.js'
import type { Certificate } from './certificate.js'
import { type Respond, type WireServer, wireServer } from './wire-server.js'

const schemes = ['http', 'https']

/** Every status that redirects, between every two schemes, to the host that answered and to another one. */
export const redirections: readonly {
  readonly status: number
  readonly from: string
  readonly to: string
  readonly target: string
}[] = [301, 302, 303, 307, 308].flatMap((status) =>
  schemes.flatMap((from) =>
    schemes.flatMap((to) => ['the same host', 'another host'].map((target) => ({ status, from, to, target }))),
  ),
)

/** An undici and a `fetch` that trust the certificate of this test. */
export function transportsTrusting({ cert }: Certificate): readonly Transport[] {
  const agent = new Agent({ connect: { ca: cert } })
  onTestFinished(() => agent.close())
  const fetchThroughAgent: typeof fetch = (input, init) => fetch(input, Object.assign({}, init, { dispatcher: agent }))
  return [undiciTransport(agent), fetchTransport(fetchThroughAgent)]
}

/** A server by `http` or `https`, until the end of the test. */
export async function openServer(certificate: Certificate, scheme: string, respond: Respond): Promise<WireServer> {
  const server = await wireServer({ respond, ...(scheme === 'https' && { certificate }) })
  onTestFinished(() => server.close())
  return server
}
