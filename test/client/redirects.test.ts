import { Agent } from 'undici'
import { describe, expect, it, onTestFinished } from 'vitest'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { undiciTransport } from '../../src/adapters/undici-transport.js'
import { composeClient } from '../../src/compose-client.js'
import type { Transport } from '../../src/ports/transport.js'
import { readOptions } from '../../src/read-options.js'
import { type Certificate, selfSignedCertificate } from '../support/certificate.js'
import { clientPorts } from '../support/client-ports.js'
import { httpBytes, jsonBytes } from '../support/http-bytes.js'
import { hourMs, manualClock } from '../support/manual-clock.js'
import { type WireServer, wireServer } from '../support/wire-server.js'
import { hubOnWire } from './hub-on-wire.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

/** An undici and a `fetch` that trust the certificate of this test. */
function transportsTrusting({ cert }: Certificate): readonly Transport[] {
  const agent = new Agent({ connect: { ca: cert } })
  onTestFinished(() => agent.close())
  const fetchThroughAgent: typeof fetch = (input, init) => fetch(input, Object.assign({}, init, { dispatcher: agent }))
  return [undiciTransport(agent), fetchTransport(fetchThroughAgent)]
}

async function opened(certificate: Certificate, scheme: string): Promise<WireServer> {
  const server = await wireServer({
    respond: (_request, socket) => void socket.write(jsonBytes(200, '{}')),
    ...(scheme === 'https' && { certificate }),
  })
  onTestFinished(() => server.close())
  return server
}

const schemes = ['http', 'https']
const matrix = [301, 302, 303, 307, 308].flatMap((status) =>
  schemes.flatMap((from) =>
    schemes.flatMap((to) => ['the same host', 'another host'].map((target) => ({ status, from, to, target }))),
  ),
)

describe('a redirect', () => {
  it.each(matrix)(
    '$status from $from to $to at $target takes no key anywhere',
    async ({ status, from, to, target }) => {
      const certificate = selfSignedCertificate('localhost')
      const hubServer = await opened(certificate, from)
      // On the same host by another scheme means by another port, which is another server all the same.
      const elsewhere = await opened(certificate, to)
      const host = target === 'the same host' ? '127.0.0.1' : 'localhost'
      const location =
        target === 'the same host' && from === to
          ? `${hubServer.origin}/elsewhere`
          : `${to}://${host}:${elsewhere.port}/api/v1/license/verify`

      for (const transport of transportsTrusting(certificate)) {
        const clock = manualClock()
        const hub = hubOnWire(hubServer, clock, {})
        const settings = readOptions({
          product: { slug: 'flavor-starter', version: '1.4.2' },
          domain: 'mysite.com',
          hub: { url: hub.url, trustedKeys: hub.emulator.keys },
        })
        const client = composeClient(settings, clientPorts({ clock, transport }))
        await client.activate(key)
        clock.advance(13 * hourMs)
        hub.interrupt(httpBytes({ status, headers: [['location', location]] }))
        expect(await client.verify()).toMatchObject({ state: 'grace', reason: 'redirected' })
        const redirected = { outcome: 'deferred', reason: 'redirected' }
        expect(await client.activate(key)).toMatchObject(redirected)
        expect(await client.checkUpdates()).toMatchObject(redirected)
        expect(await client.deactivate()).toMatchObject(redirected)
      }
      expect(elsewhere.connections.accepted).toBe(0)
      expect(hubServer.requests.map(({ target }) => target)).not.toContain('/elsewhere')
      // The answers did come from the hub: five requests of each of two transports.
      expect(hubServer.requests).toHaveLength(10)
    },
  )
})
