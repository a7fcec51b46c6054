import { describe, expect, it } from 'vitest'
import { composeClient } from '../../../src/compose-client.js'
import { createEmulator } from '../../../src/emulator/index.js'
import { readOptions } from '../../../src/read-options.js'
import { selfSignedCertificate } from '../../support/certificate.js'
import { clientPorts } from '../../support/client-ports.js'
import { httpBytes } from '../../support/http-bytes.js'
import { manualClock } from '../../support/manual-clock.js'
import { openServer, redirections, transportsTrusting } from '../../support/redirection.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import type { Respond } from '../../support/wire-server.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const file = new Uint8Array(3_000).fill(7)
const sendFile: Respond = (_request, socket) => void socket.write(httpBytes({ status: 200, body: file }))

describe('a download that is redirected', () => {
  it.each(redirections)(
    'by $status from $from to $to at $target arrives, and takes no key along',
    async ({ status, from, to, target }) => {
      const certificate = selfSignedCertificate('localhost')
      const hub = await openServer(certificate, from, () => undefined)
      const elsewhere = await openServer(certificate, to, sendFile)
      const clock = manualClock()
      const url = `${hub.origin}/api/v1`
      const emulator = createEmulator({ clock, baseUrl: url, rateLimit: { strategy: 'off' } })
      emulator.addRelease({ product: 'flavor-starter', version: '2.0.0', content: file })
      // On the same host by another scheme means by another port, which is another server all the same.
      const host = target === 'the same host' ? '127.0.0.1' : 'localhost'
      const isHub = target === 'the same host' && from === to
      const location = isHub ? `${hub.origin}/elsewhere` : `${to}://${host}:${elsewhere.port}/elsewhere`
      emulator.faults.inject({ route: 'updateDownload', kind: 'redirect', status, location })
      hub.respondWith(async (request, socket) => {
        if (request.target === '/elsewhere') return sendFile(request, socket)
        const { method, headers, body } = request
        const response = await emulator.fetch(`${hub.origin}${request.target}`, {
          method,
          headers: { ...headers },
          body,
        })
        const content = new Uint8Array(await response.arrayBuffer())
        socket.write(httpBytes({ status: response.status, headers: [...response.headers], body: content }))
      })

      for (const transport of transportsTrusting(certificate)) {
        const settings = readOptions({
          product: { slug: 'flavor-starter', version: '1.4.2' },
          domain: 'mysite.com',
          hub: { url, trustedKeys: emulator.keys },
        })
        const client = composeClient(settings, clientPorts({ clock, transport }))
        await client.activate(key)
        const found = await client.checkUpdates()
        if (found.outcome !== 'available' || !found.release) throw new Error('The hub offers nothing.')
        const outcome = await client.downloadUpdate(found.release, { directory: temporaryDirectory() })
        expect(outcome).toMatchObject({ outcome: 'downloaded' })
      }
      const followed = (isHub ? hub : elsewhere).requests.filter((request) => request.target === '/elsewhere')
      expect(followed).toHaveLength(2)
      for (const request of followed) {
        expect([request.method, request.body]).toEqual(['GET', ''])
        expect(JSON.stringify(request)).not.toMatch(/FLVR|mysite|authorization|cookie|referer/i)
      }
    },
  )
})
