// Somebody has put members on every object's prototype that would make a license of nothing: of no record, of one that
// says nothing of it, and of an answer that says nothing.
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { key, openHub } from './hub.cjs'
import { rewriteRecords } from './rewritten-records.mjs'

// As CommonJS, so that what is imported below is loaded anew.
const require = createRequire(import.meta.url)
const { createEmulator } = require('flavor-license/emulator')
const { options, close } = await openHub(createEmulator)
// No key of the hub is pinned: what it says, and what stands in the record, counts as it is.
const unsigned = { ...options, hub: { url: options.hub.url } }
const honest = require('flavor-license').createLicenseClient(unsigned)
await honest.activate(key)
await honest.close()
let recorded
rewriteRecords(options.directory, (text) => {
  const { record, ...envelope } = JSON.parse(text)
  recorded = record.entitlement
  return JSON.stringify({ ...envelope, record: { ...record, entitlement: {} } })
})
const silent = createServer((_request, response) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end('{}'),
).listen(0, '127.0.0.1')
await once(silent, 'listening')
const answered = {
  license_key: key,
  product_slug: options.product.slug,
  domain: options.domain,
  tier: 'agency',
  status: 'active',
  expires_at: null,
  activated_at: null,
  features: [],
  server_time: new Date().toISOString(),
}
const inherited = { fresh: true, licenseKey: key, entitlement: recorded, ...answered, ...recorded }
for (const [name, value] of Object.entries(inherited)) {
  // What loops found would keep undici from asking at all.
  Object.defineProperty(Object.prototype, name, { value, writable: true, configurable: true })
}
// Only now: what is read when a module is loaded must not fall for it either.
const { createLicenseClient } = await import('flavor-license')

async function requireUnknown(what, own) {
  const license = createLicenseClient(own)
  const { state } = await license.verify({ offline: true })
  await license.close()
  if (state !== 'unknown') throw new Error(`There is ${what}, but the verdict is ${state}.`)
}

const directory = join(options.directory, 'empty')
await requireUnknown('no record', { ...unsigned, directory })
await requireUnknown('a record that says nothing of a license', unsigned)
const url = `http://127.0.0.1:${silent.address().port}/api/v1`
const license = createLicenseClient({ ...unsigned, hub: { url }, directory })
const activation = await license.activate(key)
if (activation.reason !== 'unexpected-answer') throw new Error(`Of an empty answer came ${JSON.stringify(activation)}.`)
await license.close()
rmSync(directory, { recursive: true, force: true })
silent.close()
await close()
