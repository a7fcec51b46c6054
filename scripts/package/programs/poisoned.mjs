// A hub and a record put members under the names by which a careless program reaches every object's prototype.
import { createLicenseClient } from 'flavor-license'
import { createEmulator } from 'flavor-license/emulator'
import { key, openHub } from './hub.cjs'
import { rewriteRecords } from './rewritten-records.mjs'

const stolen = '{"tier":"agency","status":"active","polluted":true}'
const poison = `"__proto__":${stolen},"constructor":{"prototype":${stolen}}`
const poisoned = (json) => json.replaceAll(/\{(?=")/g, `{${poison},`)
const members = () => Reflect.ownKeys(Object.prototype).map(String).sort().join()
const clean = members()

function requireClean(verdict, when) {
  if (verdict.state !== 'licensed' || verdict.tier !== 'starter') {
    throw new Error(`The verdict ${when} is ${JSON.stringify(verdict)}.`)
  }
  if (members() !== clean) throw new Error(`The prototype of every object has changed ${when}.`)
}

const { emulator, options, close } = await openHub(createEmulator)
let answers = 0
emulator.faults.inject({
  kind: 'respond',
  route: '*',
  async respond(_request, answer) {
    answers += 1
    const given = await answer()
    const headers = { 'content-type': given.headers.get('content-type') }
    return new Response(poisoned(await given.text()), { status: given.status, headers })
  },
})
// No key of the hub is pinned: what it says, and what stands in the record, counts as it is.
const unsigned = { ...options, hub: { url: options.hub.url } }
const license = createLicenseClient(unsigned)
await license.activate(key)
requireClean(await license.verify({ fresh: true }), 'after the answers')
if (answers !== 2) throw new Error(`The hub has answered ${answers} times.`)
await license.close()

rewriteRecords(options.directory, poisoned)
const reader = createLicenseClient(unsigned)
requireClean(await reader.verify({ offline: true }), 'on the record')
await reader.close()
await close()
