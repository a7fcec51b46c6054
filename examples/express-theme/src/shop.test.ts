import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createLicenseClient, type LicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { createTestbed } from 'flavor-license/testing'
import { administrator } from './administrator.js'
import { createShop } from './shop.js'

const authorization = `Basic ${btoa('admin:secret')}`

/** A shop on a free port, as a browser reaches it. */
async function openShop(license: LicenseClient) {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  after(() => server.close())
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  server.on('request', createShop({ license, hosts: [host], isAdministrator: administrator('secret') }))
  const ask = (path: string, init?: RequestInit) => fetch(`http://${host}${path}`, init)
  return {
    ask,
    /** What the panel's element does when somebody enters a key. */
    enter: (licenseKey: string) =>
      ask('/license/activate', {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json', 'x-flavor-license-panel': '1' },
        body: JSON.stringify({ licenseKey }),
      }),
  }
}

test('the administrator activates the shop in its panel, and the checkout opens', async () => {
  const emulator = createEmulator()
  const hub = await emulator.listen()
  const directory = await mkdtemp(join(tmpdir(), 'shop-'))
  const license = createLicenseClient({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hub.url, trustedKeys: emulator.keys },
    directory,
  })
  after(() => Promise.all([license.close(), hub.close(), rm(directory, { recursive: true })]))
  const { ask, enter } = await openShop(license)

  assert.match(await (await ask('/')).text(), /The license has not been checked yet\. <a href="\/license\/">/)
  assert.equal((await ask('/checkout')).status, 402)
  assert.equal((await ask('/license/')).status, 401)
  assert.match(await (await ask('/license/', { headers: { authorization } })).text(), /<flavor-license-panel/)

  const refused = await (await enter('FLVR-EXPI-RED0-0000-0001')).text()
  assert.match(refused, /"reason":"expired"/)
  const activated = await (await enter('FLVR-ABCD-EFGH-IJKL-MNOP')).text()
  assert.match(activated, /"outcome":"activated"/)
  assert.doesNotMatch(activated, /ABCD-EFGH/)
  assert.equal((await ask('/checkout')).status, 200)
})

test('without a network the checkout stays open for the grace period, and the shop says so', async () => {
  const testbed = createTestbed()
  const { ask } = await openShop(testbed.license)
  await testbed.grantLicense({ features: ['checkout'] })

  testbed.goOffline()
  await testbed.advance({ days: 10 })
  assert.equal((await ask('/checkout')).status, 200)
  assert.match(await (await ask('/')).text(), /It works until 1\/30\/2026\./)

  await testbed.advance({ days: 10 })
  assert.equal((await ask('/checkout')).status, 402)
})
