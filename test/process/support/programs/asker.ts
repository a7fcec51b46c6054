/** A product that asks the hub again as soon as it was answered, from one line of standard input to its end. */

import { once } from 'node:events'
import { componentDirectory } from '../../../../src/adapters/component-directory.js'
import { directoryLock } from '../../../../src/adapters/directory-lock.js'
import { downloadDirectory } from '../../../../src/adapters/download-directory.js'
import { fetchTransport } from '../../../../src/adapters/fetch-transport.js'
import { fileLedgerStore } from '../../../../src/adapters/file-ledger-store.js'
import { fileRecordStore } from '../../../../src/adapters/file-record-store.js'
import { knownSignature } from '../../../../src/adapters/machine-signature.js'
import { nodeHash } from '../../../../src/adapters/node-hash.js'
import { nodeRandom } from '../../../../src/adapters/node-random.js'
import { nodeSignature } from '../../../../src/adapters/node-signature.js'
import { openLock } from '../../../../src/adapters/open-lock.js'
import { processTable } from '../../../../src/adapters/process-table.js'
import { systemClock } from '../../../../src/adapters/system-clock.js'
import { composeClient } from '../../../../src/compose-client.js'
import { isFlavorLicenseError } from '../../../../src/index.js'
import type { Lock } from '../../../../src/ports/lock.js'
import { readOptions } from '../../../../src/read-options.js'
import type { AskingOrder, AskingReport } from '../asking.js'

const order: AskingOrder = JSON.parse(process.argv[2] ?? '{}')
const { hub, directory, domain, key, deadlineMs } = order
const locate = () => Promise.resolve(directory)
const locks: Readonly<Record<AskingOrder['lock'], Lock>> = {
  directory: directoryLock(locate),
  open: openLock,
  unavailable: { hold: (_name, _patienceMs, operation) => operation('unavailable') },
}
const client = composeClient(
  readOptions({ product: { slug: 'flavor-starter', version: '1.4.2' }, domain, hub, directory }),
  {
    clock: systemClock,
    random: nodeRandom,
    hash: nodeHash,
    signature: knownSignature(nodeSignature),
    transport: fetchTransport(globalThis.fetch),
    store: fileRecordStore(locate),
    ledger: fileLedgerStore(locate),
    processes: processTable,
    downloads: downloadDirectory,
    componentStore: componentDirectory(),
    lock: locks[order.lock],
  },
)

// All start at once, which takes a small machine longer than a person would wait.
const { outcome } = await client.activate(key, { deadlineMs: 300_000 })
process.stdout.write(`${outcome}\n`)
await once(process.stdin, 'data')
const stop = new AbortController()
process.stdin.once('end', () => stop.abort()).resume()

const waitsMs: number[] = []
let overshootMs = Number.NEGATIVE_INFINITY
let behindTimerMs = Number.NEGATIVE_INFINITY
const verdicts: Record<string, number> = {}

async function ask(): Promise<void> {
  const started = systemClock.monotonic()
  let rangAt = Number.POSITIVE_INFINITY
  const timer = setTimeout(() => {
    rangAt = systemClock.monotonic()
  }, deadlineMs)
  const verdict = await client.verify({ fresh: true, deadlineMs, signal: stop.signal })
  clearTimeout(timer)
  const answeredAt = systemClock.monotonic()
  overshootMs = Math.max(overshootMs, answeredAt - started - deadlineMs)
  behindTimerMs = Math.max(behindTimerMs, answeredAt - rangAt)
  const kind = `${verdict.state} by ${verdict.source}${verdict.lastAttempt ? `, ${verdict.lastAttempt.reason}` : ''}`
  verdicts[kind] = (verdicts[kind] ?? 0) + 1
  if (verdict.source === 'hub') waitsMs.push(systemClock.monotonic() - started)
  else await systemClock.sleep((verdict.lastAttempt?.retryAt ?? 0) - systemClock.now(), stop.signal)
}

while (!stop.signal.aborted) {
  await ask().catch((error: unknown) => {
    if (!isFlavorLicenseError(error) || error.code !== 'aborted') throw error
  })
}
const report: AskingReport = { waitsMs, overshootMs, behindTimerMs, verdicts }
process.stdout.write(`${JSON.stringify(report)}\n`)
await client.close()
