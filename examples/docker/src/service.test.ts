import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { redisStore } from 'flavor-license/redis'
import { createTestbed } from 'flavor-license/testing'
import { createClient } from 'redis'
import { createService, startLicense } from './service.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

test('three containers take one slot, by one question about the license', async () => {
  const emulator = createEmulator()
  const hub = await emulator.listen()
  after(() => hub.close())
  const redis = await createClient({ url: process.env['REDIS_URL'] ?? 'redis://127.0.0.1:6379' }).connect()
  after(() => redis.destroy())

  const startContainer = async () => {
    const directory = await mkdtemp(join(tmpdir(), 'container-'))
    const license = createLicenseClient({
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'auto',
      hub: { url: hub.url, trustedKeys: emulator.keys },
      installationId: 'reports-production',
      sharedStore: redisStore(redis, { prefix: `reports-${process.pid}` }),
      directory,
    })
    const message = await startLicense(license, key, AbortSignal.timeout(10_000))
    const server = createService(license).listen(0, '127.0.0.1')
    await once(server, 'listening')
    after(() => Promise.all([license.close(), server.close(), rm(directory, { recursive: true })]))
    const { port } = server.address() as AddressInfo
    return { message, ask: (path: string) => fetch(`http://127.0.0.1:${port}${path}`) }
  }

  const containers = [await startContainer(), await startContainer(), await startContainer()]
  for (const { message, ask } of containers) {
    assert.equal(message, 'The license is active.')
    assert.equal(await (await ask('/')).text(), 'Work is done here.')
    assert.deepEqual(await (await ask('/health')).json(), { license: 'licensed', message: 'The license is active.' })
  }
  const asked = emulator.arrivals.map(({ route }) => route).filter((route) => route !== 'updateCheck')
  assert.deepEqual(asked, ['activate'])
  const activations = emulator.licenses().find((license) => license.key === key)?.activations
  assert.equal(activations?.length, 1)
})

test('a key that is refused is reported with the reason; a hub that is away is asked again', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] })
  const testbed = createTestbed()
  const ending = new AbortController()
  after(() => ending.abort())
  const start = (licenseKey: string) => startLicense(testbed.license, licenseKey, ending.signal)
  assert.match(await start('FLVR-NONE-0000-0000-0001'), /does not exist/)

  const sold = await testbed.grantLicense()
  await testbed.license.reset()
  testbed.goOffline()
  assert.match(await start(sold), /could not be found/)
  testbed.goOnline()
  const licensed = new Promise<void>((resolve) => {
    testbed.license.on('verdict', ({ state }) => state === 'licensed' && resolve())
  })
  context.mock.timers.tick(60_000)
  await licensed
})
