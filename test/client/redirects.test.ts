import { describe, expect, it } from 'vitest'
import { composeClient } from '../../src/compose-client.js'
import { readOptions } from '../../src/read-options.js'
import { selfSignedCertificate } from '../support/certificate.js'
import { clientPorts } from '../support/client-ports.js'
import { httpBytes, jsonBytes } from '../support/http-bytes.js'
import { hourMs, manualClock } from '../support/manual-clock.js'
import { openServer, redirections, transportsTrusting } from '../support/redirection.js'
import type { Respond } from '../support/wire-server.js'
import { hubOnWire } from './hub-on-wire.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const nothing: Respond = (_request, socket) => void socket.write(jsonBytes(200, '{}'))

describe('a redirect', () => {
  it.each(redirections)(
    '$status from $from to $to at $target takes no key anywhere',
    async ({ status, from, to, target }) => {
      const certificate = selfSignedCertificate('localhost')
      const hubServer = await openServer(certificate, from, nothing)
      // On the same host by another scheme means by another port, which is another server all the same.
      const elsewhere = await openServer(certificate, to, nothing)
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
