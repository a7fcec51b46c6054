/** Saves records as fast as it can, once a line of standard input says so, and reports what it has seen. */
import { once } from 'node:events'
import { directoryLock } from '../../../../src/adapters/directory-lock.js'
import { fileRecordStore } from '../../../../src/adapters/file-record-store.js'
import { knownSignature } from '../../../../src/adapters/machine-signature.js'
import { nodeHash } from '../../../../src/adapters/node-hash.js'
import { nodeRandom } from '../../../../src/adapters/node-random.js'
import { nodeSignature } from '../../../../src/adapters/node-signature.js'
import { openLock } from '../../../../src/adapters/open-lock.js'
import { compareRecords, emptyRecord, type LicenseRecord } from '../../../../src/domain/license/record.js'
import { createIdentitySource } from '../../../../src/engine/records/identity.js'
import { createRecordKeeper } from '../../../../src/engine/records/record-keeper.js'
import { recordOrder } from '../../../../src/engine/records/record-name.js'
import { recordShelf } from '../../../../src/engine/records/record-shelf.js'
import { readOptions } from '../../../../src/read-options.js'
import type { WritingOrder, WritingReport } from '../record-writing.js'

const { directory, lock, saves }: WritingOrder = JSON.parse(process.argv[2] ?? '{}')
const locate = () => Promise.resolve(directory)
const ports = {
  hash: nodeHash,
  random: nodeRandom,
  signature: knownSignature(nodeSignature),
  store: fileRecordStore(locate),
}
const settings = readOptions({ product: { slug: 'flavor-starter', version: '1.4.2' }, domain: 'mysite.com' })

const warnings: Record<string, number> = {}
const warn = (code: string) => {
  warnings[code] = (warnings[code] ?? 0) + 1
}
const identity = createIdentitySource(settings, { ...ports, openStore: async () => ports.store }, warn)
const keeper = createRecordKeeper(
  async () => recordShelf(settings, ports, await identity(), warn),
  lock === 'open' ? openLock : directoryLock(locate),
  warn,
)

/** A renewal, and an activation now and then. */
function next(newest: LicenseRecord): LicenseRecord {
  const issuedAt = (newest.entitlement?.issuedAt ?? 0) + 1_000
  return {
    ...newest,
    epoch: newest.epoch + (newest.serial % 20 === 0 ? 1 : 0),
    entitlement: {
      basis: 'hub',
      status: 'active',
      tier: 'starter',
      features: ['checkout'],
      expiresAt: null,
      issuedAt,
      leaseEndsAt: null,
    },
  }
}

process.stdout.write('ready\n')
await once(process.stdin, 'data')
process.stdin.destroy()

let regressions = 0
let misses = 0
let newest = emptyRecord
for (let save = 0; save < saves; save += 1) {
  const saved = await keeper.save(next)
  if (compareRecords(saved, newest) > 0) newest = saved
  const found = await keeper.load()
  if (typeof found === 'string') misses += 1
  else if (compareRecords(found, newest) < 0) regressions += 1
}
const report: WritingReport = { warnings, regressions, misses, newest: recordOrder(newest) }
process.stdout.write(`${JSON.stringify(report)}\n`)
