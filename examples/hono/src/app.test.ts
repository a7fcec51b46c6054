import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { getRequestListener } from '@hono/node-server'
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { createTestbed } from 'flavor-license/testing'
import { createApp } from './app.js'

const isPassword = (password: unknown) => password === 'secret'

test('whoever logs in activates the service in its panel, and the export opens', async () => {
  const emulator = createEmulator()
  const hub = await emulator.listen()
  const directory = await mkdtemp(join(tmpdir(), 'reports-'))
  const license = createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'auto',
    hub: { url: hub.url, trustedKeys: emulator.keys },
    directory,
  })
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  server.on('request', getRequestListener(createApp({ license, hosts: [host], isPassword }).fetch))
  after(() => Promise.all([license.close(), hub.close(), server.close(), rm(directory, { recursive: true })]))
  const ask = (path: string, init?: RequestInit) => fetch(`http://${host}${path}`, { redirect: 'manual', ...init })
  const logIn = (password: string) => ask('/login', { method: 'POST', body: new URLSearchParams({ password }) })

  assert.equal((await ask('/license/')).status, 401)
  assert.equal((await logIn('guess')).status, 401)
  const loggedIn = await logIn('secret')
  assert.equal(loggedIn.headers.get('location'), '/license/')
  const [cookie = ''] = loggedIn.headers.getSetCookie().map((text) => text.split(';')[0])
  assert.match(await (await ask('/license/', { headers: { cookie } })).text(), /<flavor-license-panel/)

  const enter = (licenseKey: string) =>
    ask('/license/activate', {
      method: 'POST',
      headers: { cookie, 'content-type': 'application/json', 'x-flavor-license-panel': '1' },
      body: JSON.stringify({ licenseKey }),
    })
  assert.match(await (await enter('FLVR-ABCD-EFGH-IJKL-MNOP')).text(), /"outcome":"activated"/)
  const withoutExport = await ask('/reports/export')
  assert.equal(withoutExport.status, 402)
  assert.deepEqual(await withoutExport.json(), {
    error: 'The license does not include erp.',
    license: 'The license is active.',
  })
  assert.match(await (await enter('FLVR-BUSI-NESS-0000-0001')).text(), /"outcome":"activated"/)
  assert.match(await (await ask('/reports/export')).text(), /^month,sales/)
})

test('on day 20 without a network the export is closed, and the rest goes on', async () => {
  const testbed = createTestbed()
  const app = createApp({ license: testbed.license, hosts: ['localhost'], isPassword })
  await testbed.grantLicense({ features: ['erp'] })
  assert.equal((await app.request('/reports/export')).status, 200)

  testbed.goOffline()
  await testbed.advance({ days: 20 })
  assert.equal((await app.request('/reports/export')).status, 402)
  assert.equal((await app.request('/reports')).status, 200)
})
