import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import { limiterFactories } from '../domain/budget/rate-limiters.js'
import { budgetsOnClock, slowStore } from './budgets-on-clock.js'

const windowMs = 200
const processes = 3

/** One call of one process, and the worst that network, hub and user make of it. */
interface Call {
  readonly process: number
  readonly startsAt: number
  readonly priority: 'interactive' | 'background'
  readonly deadlineMs: number
  readonly flightMs: number
  /** How it ends: with an answer, without one, with a process that was killed, with a caller who has had enough. */
  readonly end: 'answered' | 'given up' | 'killed' | 'aborted'
  /** Where between the first and the last moment at which it can arrive. */
  readonly arrival: number
}

const someCall: fc.Arbitrary<Call> = fc.record({
  process: fc.nat(processes - 1),
  startsAt: fc.oneof(fc.constant(0), fc.nat(5 * windowMs)),
  priority: fc.constantFrom('interactive', 'interactive', 'background'),
  deadlineMs: fc.oneof(fc.nat(windowMs), fc.nat(5 * windowMs)),
  flightMs: fc.oneof(fc.constant(0), fc.nat(20), fc.nat(2 * windowMs)),
  end: fc.constantFrom(
    'answered',
    'answered',
    'answered',
    'answered',
    'answered',
    'answered',
    'given up',
    'killed',
    'aborted',
  ),
  arrival: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
})

/** When requests reach the hub, from a machine that lives through all of it. */
async function arrivals(calls: readonly Call[], limit: number, storeDelays: readonly number[]): Promise<number[]> {
  const machine = budgetsOnClock(limit, windowMs)
  const { clock } = machine
  const shared = memoryLedgerStore()
  let accesses = 0
  const store = slowStore(shared, clock, () => storeDelays[accesses++ % storeDelays.length] ?? 0)
  const budgets = Array.from({ length: processes }, () => machine.start(store))
  const arrived: number[] = []

  async function make(call: Call): Promise<void> {
    await clock.sleep(call.startsAt)
    const impatience = new AbortController()
    const deadline = clock.monotonic() + call.deadlineMs
    if (call.end === 'aborted') clock.after(call.flightMs, () => impatience.abort())
    const { priority, deadlineMs } = call
    const admitted = await budgets[call.process]?.admit('verify', { priority, deadlineMs, signal: impatience.signal })
    const sentAt = clock.monotonic()
    if (!admitted?.ok) return
    if (sentAt >= deadline) return admitted.admission.withdraw()

    const endsAt = call.end === 'killed' ? deadline : Math.min(sentAt + call.flightMs, deadline)
    const lastArrival = call.end === 'answered' ? endsAt : endsAt + windowMs
    arrived.push(sentAt + (lastArrival - sentAt) * call.arrival)
    await clock.sleep(endsAt - sentAt)
    if (call.end === 'answered') await admitted.admission.settle()
    if (call.end === 'given up' || call.end === 'aborted') await admitted.admission.abandon()
  }

  await machine.finish(Promise.all(calls.map((call) => make(call).catch(() => undefined))))
  return arrived.sort((a, b) => a - b)
}

describe('the processes of a machine, whatever network, hub and users do', () => {
  it('are refused by no limiter of any kind and phase', { timeout: 120_000 }, async () => {
    let admitted = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(someCall, { minLength: 5, maxLength: 40 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(fc.nat(4), { minLength: 1, maxLength: 7 }),
        fc.array(fc.nat(windowMs), { minLength: 1, maxLength: 3 }),
        async (calls, limit, storeDelays, phases) => {
          const arrived = await arrivals(calls, limit, storeDelays)
          admitted += arrived.length
          for (const create of limiterFactories([0, ...phases])) {
            const limiter = create(limit, windowMs)
            expect(
              arrived.filter((time) => !limiter.hit(time)),
              `refused by: ${limiter.name}`,
            ).toEqual([])
          }
        },
      ),
      { numRuns: 200 },
    )
    expect(admitted).toBeGreaterThan(1_000)
  })
})
