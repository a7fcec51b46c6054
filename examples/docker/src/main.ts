import { readFile } from 'node:fs/promises'
import { createLicenseClient } from 'flavor-license'
import { redisStore } from 'flavor-license/redis'
import { createClient } from 'redis'
import { createService, startLicense } from './service.js'

const {
  REDIS_URL = 'redis://127.0.0.1:6379',
  LICENSE_KEY_FILE = '/run/secrets/license_key',
  PORT = '8080',
} = process.env

const redis = createClient({ url: REDIS_URL })
redis.on('error', () => undefined) // the license client warns; without a listener, the process would end
redis.connect().catch(() => undefined) // not awaited: without Redis, the service starts all the same

const license = createLicenseClient({
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain: 'auto',
  hub: { trustedKeys: { 'hub-1': 'v6KhZ3n8aKTT7dhUGp8WuTVk-o640n0THGf86kPdRvw' } },
  installationId: 'reports-production', // of the deployment, so that a Redis that lost everything takes no second slot
  sharedStore: redisStore(redis, { prefix: 'reports' }),
})
license.on('warning', ({ message }) => console.warn(message))

const ending = new AbortController()
console.log(await startLicense(license, await readFile(LICENSE_KEY_FILE, 'utf8'), ending.signal))
const server = createService(license).listen(Number(PORT))

process.once('SIGTERM', async () => {
  ending.abort()
  server.close()
  await license.close()
  redis.destroy()
})
