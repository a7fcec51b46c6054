import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import { nodeHash } from '../../src/adapters/node-hash.js'
import { nodeRandom } from '../../src/adapters/node-random.js'
import { createRequestBudgets, type RequestBudgets } from '../../src/asking/request-budget.js'
import type { Clock } from '../../src/ports/clock.js'
import type { LedgerStore } from '../../src/ports/ledger-store.js'
import { type ManualClock, manualClock } from '../support/manual-clock.js'

/** The processes of one machine, as far as they share a budget of `verify`, on a clock of the test's own. */
export interface Machine {
  readonly clock: ManualClock
  /** The budgets of one more process, which may live by a clock of its own, such as one that wakes it up late. */
  start(store?: LedgerStore, own?: Clock): RequestBudgets<'verify'>
  /** Lets time pass, a millisecond at a time, so that everybody acts at the time that is due. */
  pass(ms: number): Promise<void>
  /** Lets time pass until it is done. */
  finish<Result>(work: Promise<Result>): Promise<Result>
}

export function budgetsOnClock(
  limit: number,
  windowMs: number,
  { boot = 'first' }: { readonly boot?: string } = {},
): Machine {
  const clock: ManualClock = { ...manualClock(), boot: () => boot }
  const shared = memoryLedgerStore()
  const settings = { hub: 'https://hub.example/api/v1', limits: { verify: { limit, windowMs } } }
  const idle = () => new Promise((resolve) => setImmediate(resolve))

  async function pass(ms: number): Promise<void> {
    await idle()
    for (let passed = 0; passed < ms; passed += 1) {
      clock.advance(1)
      await idle()
    }
  }

  return {
    clock,
    start: (ledger = shared, own = clock) =>
      createRequestBudgets(settings, { clock: own, hash: nodeHash, random: nodeRandom, ledger }),
    pass,
    async finish(work) {
      let isDone = false
      const done = work.finally(() => {
        isDone = true
      })
      done.catch(() => undefined)
      while (!isDone) await pass(1)
      return done
    },
  }
}

/** The same ledgers as another process sees them that is slow: every access takes up to `mostMs`. */
export function slowStore(store: LedgerStore, clock: ManualClock, delayMs: () => number): LedgerStore {
  return {
    async read(name) {
      await clock.sleep(delayMs())
      return store.read(name)
    },
    async advance(name, version, content) {
      await clock.sleep(delayMs())
      const won = await store.advance(name, version, content)
      await clock.sleep(delayMs())
      return won
    },
  }
}
