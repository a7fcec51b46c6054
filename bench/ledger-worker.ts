import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import properLockfile from 'proper-lockfile'
import { fileLedgerStore } from '../src/adapters/file-ledger-store.js'
import { nodeHash } from '../src/adapters/node-hash.js'
import { nodeRandom } from '../src/adapters/node-random.js'
import { systemClock } from '../src/adapters/system-clock.js'
import { createRequestBudgets } from '../src/asking/request-budget.js'
import { sharedLedger } from '../src/asking/shared-ledger.js'
import { reserve } from '../src/domain/budget/ledger.js'
import type { LedgerOrder, LedgerReport, LedgerWay } from './ledger-order.js'
import { work } from './worker-process.js'

/** Wide enough that nobody ever waits for a place, and short enough that the ledger is as long as one of real use. */
const budget = { limit: 1_000, windowMs: 20 }

/** The requests of two minutes in the category with the limit of 30. */
const rememberedTimes = 60

const patienceMs = 60_000

const operations: Readonly<Record<LedgerWay, (directory: string) => () => Promise<void>>> = {
  'ledger update'(directory) {
    const shared = sharedLedger('bench', budget, portsIn(directory))
    let count = 0
    return async () => {
      count += 1
      const id = `${process.pid}-${count}`
      await shared.update(patienceMs, ({ ledger }) => reserve(ledger, budget, id, systemClock.monotonic(), 1))
    }
  },

  admission(directory) {
    const settings = { hub: 'https://hub.example/api/v1', limits: { verify: budget } }
    const budgets = createRequestBudgets(settings, portsIn(directory))
    return async () => {
      const admitted = await budgets.admit('verify', { priority: 'interactive', deadlineMs: patienceMs })
      if (!admitted.ok) throw new Error('Nothing was to be waited for.')
      await admitted.admission.settle()
    }
  },

  'proper-lockfile'(directory) {
    const file = join(directory, 'times.json')
    return async () => {
      const release = await properLockfile.lock(file, {
        realpath: false,
        // Not more: the delays of all of them are computed at each call.
        retries: { retries: 1_000, factor: 1, minTimeout: 5, maxTimeout: 10, randomize: true },
      })
      const text = await readFile(file, 'utf8').catch(() => '[]')
      const times: { id: string; sentAt: number; answeredAt: number }[] = JSON.parse(text)
      const now = systemClock.monotonic()
      const next = [...times.slice(1 - rememberedTimes), { id: String(process.pid), sentAt: now, answeredAt: now }]
      await writeFile(file, JSON.stringify(next))
      await release()
    }
  },
}

function portsIn(directory: string): Parameters<typeof createRequestBudgets>[1] {
  const ledger = fileLedgerStore(() => Promise.resolve(directory))
  return { clock: systemClock, hash: nodeHash, random: nodeRandom, ledger }
}

await work<LedgerOrder, LedgerReport>(async ({ way, directory, durationMs }) => {
  const operate = operations[way](directory)
  await operate()
  return async () => {
    const latenciesMs: number[] = []
    const end = performance.now() + durationMs
    for (let started = performance.now(); started < end; started = performance.now()) {
      await operate()
      latenciesMs.push(performance.now() - started)
    }
    return { latenciesMs }
  }
})
