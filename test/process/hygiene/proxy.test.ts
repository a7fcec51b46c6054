import { expect, it, onTestFinished } from 'vitest'
import { hubOnWire } from '../../client/hub-on-wire.js'
import { selfSignedCertificate } from '../../support/certificate.js'
import { connectProxy } from '../../support/connect-proxy.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { wireServer } from '../../support/wire-server.js'
import { runGuest } from './guest-process.js'

it('a guest behind a proxy and a private certificate authority reaches its hub through the tunnel alone', async () => {
  const certificate = selfSignedCertificate('hub.example')
  const server = await wireServer({ certificate })
  onTestFinished(() => server.close())
  const { url, emulator } = hubOnWire(server, { now: Date.now }, { baseUrl: 'https://hub.example/api/v1' })
  const proxy = await connectProxy({ tunnelTo: server.port })
  onTestFinished(() => proxy.close())

  const { report, printed, exitDelayMs } = await runGuest(
    {
      moduleSystem: 'esm',
      calls: [['activate', 'FLVR-ABCD-EFGH-IJKL-MNOP'], ['verify', { fresh: true }], ['checkUpdates'], ['deactivate']],
      options: {
        product: { slug: 'flavor-starter', version: '1.4.2' },
        domain: 'mysite.com',
        directory: temporaryDirectory(),
        hub: { url, trustedKeys: emulator.keys },
      },
    },
    { HTTPS_PROXY: proxy.origin, NODE_EXTRA_CA_CERTS: certificate.file },
  )
  expect(report.answers).toMatchObject([
    { outcome: 'activated' },
    { state: 'licensed', source: 'hub' },
    { outcome: 'available' },
    { outcome: 'deactivated' },
  ])
  expect(new Set(proxy.requests.map(({ method, target }) => `${method} ${target}`))).toEqual(
    new Set(['CONNECT hub.example:443']),
  )
  expect(JSON.stringify(proxy.requests)).not.toContain('FLVR')
  expect(emulator.arrivals.map(({ route }) => route)).toEqual(['activate', 'verify', 'updateCheck', 'deactivate'])
  expect(printed).toBe('')
  expect(exitDelayMs).toBeLessThan(1_000)
})
