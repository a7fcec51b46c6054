import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import type { AdmissionResult, RequestBudgets } from '../../src/asking/request-budget.js'
import { withDrift } from '../../src/domain/budget/rate-budget.js'
import type { LedgerStore } from '../../src/ports/ledger-store.js'
import { budgetsOnClock, type Machine } from './budgets-on-clock.js'

type Budgets = RequestBudgets<'verify'>

const hubWindowMs = 1_000
/** As the client keeps it. */
const { windowMs } = withDrift({ limit: 1, windowMs: hubWindowMs })

/** One request after another, each answered at once, until none is admitted without waiting; how many that were. */
async function useUp(budgets: Budgets, priority: 'interactive' | 'background' = 'interactive'): Promise<number> {
  for (let count = 0; count < 1_000; count += 1) {
    const admitted = await budgets.admit('verify', { priority, deadlineMs: 1 })
    if (!admitted.ok) return count
    await admitted.admission.settle()
  }
  throw new Error('There seems to be no limit.')
}

/** A call whose admission is noted by its name. */
async function call(log: string[], name: string, admission: Promise<AdmissionResult>): Promise<void> {
  const admitted = await admission
  log.push(admitted.ok ? name : `not ${name}`)
  if (admitted.ok) await admitted.admission.settle()
}

const person = (deadlineMs: number, signal?: AbortSignal) => ({ priority: 'interactive', deadlineMs, signal }) as const
const schedule = { priority: 'background', deadlineMs: 10 * windowMs } as const

describe('a call that has to wait', () => {
  it('is admitted in the order of arrival, whichever process it comes from', async () => {
    const machine = budgetsOnClock(3, hubWindowMs)
    const processes = Array.from({ length: 4 }, () => machine.start())
    await machine.finish(useUp(machine.start()))
    const log: string[] = []
    const calls = processes.map(async (budgets, index) => {
      await machine.clock.sleep(20 * index)
      await call(log, `${index}`, budgets.admit('verify', person(20 * windowMs)))
    })
    await machine.finish(Promise.all(calls))
    expect(log).toEqual(['0', '1', '2', '3'])
  })

  it('is told at once when waiting is hopeless, also because of those who wait already', async () => {
    const machine = budgetsOnClock(1, hubWindowMs)
    const [one, other] = [machine.start(), machine.start()]
    await useUp(one)
    const before = machine.clock.monotonic()
    expect(await one.admit('verify', person(windowMs / 2))).toMatchObject({ ok: false })
    expect(machine.clock.monotonic()).toBe(before)

    const log: string[] = []
    const waiting = call(log, 'first', one.admit('verify', person(3 * windowMs)))
    await machine.pass(5)
    const behind = await other.admit('verify', person(1.5 * windowMs))
    expect(machine.clock.monotonic() - before).toBe(5)
    expect(behind.ok ? 0 : behind.waitMs).toBeGreaterThan(1.5 * windowMs)
    await machine.finish(waiting)
    expect(log).toEqual(['first'])
  })

  it('leaves its place to others when it is aborted', async () => {
    const machine = budgetsOnClock(1, hubWindowMs)
    const [one, other] = [machine.start(), machine.start()]
    await useUp(one)
    const impatience = new AbortController()
    const first = one.admit('verify', person(10 * windowMs, impatience.signal))
    await machine.pass(5)
    impatience.abort(new Error('Enough.'))
    await expect(machine.finish(first)).rejects.toThrow('Enough.')
    expect(await machine.finish(other.admit('verify', person(1.2 * windowMs)))).toMatchObject({ ok: true })
    expect(machine.clock.monotonic()).toBeLessThan(1.2 * windowMs)
  })

  it('wakes up a few times, and not all the time', async () => {
    const machine = budgetsOnClock(5, hubWindowMs)
    let reads = 0
    const shared = memoryLedgerStore()
    const counting: LedgerStore = {
      read: (name) => {
        reads += 1
        return shared.read(name)
      },
      advance: shared.advance,
    }
    const processes = Array.from({ length: 20 }, () => machine.start(counting))
    const log: string[] = []
    const calls = processes.map((budgets, index) =>
      call(log, `${index}`, budgets.admit('verify', person(60 * windowMs))),
    )
    await machine.finish(Promise.all(calls))
    expect(log).toHaveLength(20)
    // Each reads when it comes, about when its turn comes, and when it notes its end, and contends now and then.
    expect(reads / 20).toBeLessThan(20)
  })
})

describe('a call of the schedule', () => {
  it('never waits, since people may wait for the same answer', async () => {
    const machine = budgetsOnClock(2, hubWindowMs)
    const [one, other] = [machine.start(), machine.start()]
    await useUp(one)
    const refused = await other.admit('verify', schedule)
    expect(refused).toMatchObject({ ok: false })
    expect(machine.clock.monotonic()).toBe(0)
    machine.clock.advance(refused.ok ? 0 : refused.waitMs)
    expect(await other.admit('verify', schedule)).toMatchObject({ ok: true })
  })

  it('takes no place for which a person waits, in another process or in the same', async () => {
    const machine = budgetsOnClock(2, hubWindowMs)
    const [one, other] = [machine.start(), machine.start()]
    await useUp(one)
    const log: string[] = []
    const waiting = [one, one, other].map((budgets) =>
      call(log, 'person', budgets.admit('verify', person(10 * windowMs))),
    )
    const scheduled: boolean[] = []
    let isDone = false
    const people = Promise.all(waiting).then(() => {
      isDone = true
    })
    while (!isDone) {
      for (const budgets of [one, other]) scheduled.push((await budgets.admit('verify', schedule)).ok)
      await machine.pass(1)
    }
    await people
    expect(log).toEqual(['person', 'person', 'person'])
    expect(scheduled).not.toContain(true)
  })
})

describe('the reserve for people', () => {
  it.each([
    [10, 9],
    [30, 27],
    [100, 90],
  ])('of a limit of %i, the schedule uses %i, and a person finds room', async (limit, share) => {
    const budgets = budgetsOnClock(limit, hubWindowMs).start()
    expect(await useUp(budgets, 'background')).toBe(share)
    expect(await useUp(budgets)).toBe(limit - share)
  })
})

describe('the time that a call is told', () => {
  it('is one at which it is admitted, and not much too late', { timeout: 60_000 }, async () => {
    const earlier = fc.record({
      pauseMs: fc.nat(windowMs),
      flightMs: fc.nat(50),
      end: fc.constantFrom('answered', 'answered', 'given up', 'killed'),
    })
    let told = 0
    await fc.assert(
      fc.asyncProperty(
        fc.array(earlier, { minLength: 3, maxLength: 15 }),
        fc.integer({ min: 1, max: 4 }),
        fc.constantFrom('interactive' as const, 'background' as const),
        async (requests, limit, priority) => {
          const machine = budgetsOnClock(limit, hubWindowMs)
          const budgets = machine.start()
          for (const { pauseMs, flightMs, end } of requests) {
            machine.clock.advance(pauseMs)
            const admitted = await machine.finish(budgets.admit('verify', person(100)))
            if (!admitted.ok) continue
            machine.clock.advance(flightMs)
            if (end === 'answered') await admitted.admission.settle()
            if (end === 'given up') await admitted.admission.abandon()
          }
          const refused = await machine.finish(budgets.admit('verify', { priority, deadlineMs: 1 }))
          if (refused.ok) return
          told += 1
          machine.clock.advance(refused.waitMs)
          expect(await machine.start().admit('verify', { priority, deadlineMs: 1 })).toMatchObject({ ok: true })
          expect(refused.waitMs).toBeLessThanOrEqual(100 + 3 * windowMs + 1)
        },
      ),
    )
    expect(told).toBeGreaterThan(20)
  })
})

describe('a machine on which the ledger is lost', () => {
  const disk = (content: () => Uint8Array | undefined): LedgerStore => {
    const inner = memoryLedgerStore()
    return {
      async read(name) {
        const { version } = await inner.read(name)
        const spoiled = content()
        return spoiled ? { version, content: spoiled } : inner.read(name)
      },
      advance: inner.advance,
    }
  }
  const bytes = (text: string) => new TextEncoder().encode(text)

  it.each([
    ['torn', '{"boot":"manual","wallOff'],
    ['garbage', '\u0000\u0001'],
    ['foreign', '{"hello":"world"}'],
    ['empty', ''],
    ['of another shape', '{"boot":1,"wallOffset":0,"requests":[],"line":[],"penalty":null,"spentUntil":0}'],
  ])('asks nothing for a window where it is %s, and is well again after two', async (_what, text) => {
    const machine = budgetsOnClock(4, hubWindowMs)
    let spoiled: Uint8Array | undefined = bytes(text)
    const budgets = machine.start(disk(() => spoiled))
    expect(await useUp(budgets)).toBe(0)
    spoiled = undefined
    machine.clock.advance(windowMs)
    expect(await useUp(budgets)).toBe(0)
    machine.clock.advance(windowMs + 1)
    expect(await useUp(budgets)).toBe(4)
  })

  it('uses a quarter of the limit in each process while the disk is gone, so that four together keep it', async () => {
    const machine = budgetsOnClock(30, hubWindowMs)
    const gone = () => Promise.reject(new Error('EIO'))
    const used = await Promise.all(Array.from({ length: 4 }, () => useUp(machine.start({ read: gone, advance: gone }))))
    expect(used).toEqual([7, 7, 7, 7])
  })

  it('keeps to the limit when the disk is back and not all have told what they did without it', async () => {
    const machine = budgetsOnClock(8, hubWindowMs)
    const inner = memoryLedgerStore()
    let isGone = true
    const attempt = <Result>(work: () => Promise<Result>) => (isGone ? Promise.reject(new Error('EIO')) : work())
    const processes = Array.from({ length: 4 }, () =>
      machine.start({
        read: (name) => attempt(() => inner.read(name)),
        advance: (name, version, content) => attempt(() => inner.advance(name, version, content)),
      }),
    )
    const used = await Promise.all(processes.map((budgets) => useUp(budgets)))
    expect(used).toEqual([2, 2, 2, 2])
    isGone = false
    for (const budgets of processes) expect(await useUp(budgets)).toBe(0)
    machine.clock.advance(2 * windowMs + 1)
    expect(await useUp(machine.start(inner))).toBe(8)
  })

  it('remembers what it has asked when the disk goes, comes back, and has lost the files', async () => {
    const machine = budgetsOnClock(8, hubWindowMs)
    let state: 'works' | 'gone' = 'works'
    let inner = memoryLedgerStore()
    const budgets = machine.start({
      read: (name) => (state === 'works' ? inner.read(name) : Promise.reject(new Error('EIO'))),
      advance: (name, version, content) =>
        state === 'works' ? inner.advance(name, version, content) : Promise.reject(new Error('EIO')),
    })
    expect(await useUp(budgets)).toBe(8)
    state = 'gone'
    expect(await useUp(budgets)).toBe(0)
    state = 'works'
    inner = memoryLedgerStore()
    expect(await useUp(budgets)).toBe(0)
    expect(await useUp(machine.start(inner))).toBe(0)
  })

  it('keeps to the limit when somebody sets the wall clock', async () => {
    const machine = budgetsOnClock(4, hubWindowMs)
    const store = memoryLedgerStore()
    expect(await useUp(machine.start(store))).toBe(4)
    for (const shift of [-1e12, 1e12]) {
      machine.clock.setWallClock(machine.clock.now() + shift)
      expect(await useUp(machine.start(store))).toBe(0)
    }
  })

  it('keeps to the limit across a restart of the machine', async () => {
    const first: Machine = budgetsOnClock(4, hubWindowMs)
    const store = memoryLedgerStore()
    expect(await useUp(first.start(store))).toBe(4)
    const second = budgetsOnClock(4, hubWindowMs, { boot: 'second' })
    second.clock.setWallClock(first.clock.now() + windowMs / 2)
    expect(await useUp(second.start(store))).toBe(0)
    second.clock.advance(windowMs + 1)
    expect(await useUp(second.start(store))).toBeGreaterThan(0)
  })

  it('counts what a killed process has sent until it can no longer arrive', async () => {
    const machine = budgetsOnClock(1, hubWindowMs)
    const store = memoryLedgerStore()
    await machine.start(store).admit('verify', person(300))
    machine.clock.advance(300 + 2 * windowMs - 1)
    expect(await useUp(machine.start(store))).toBe(0)
    machine.clock.advance(2)
    expect(await useUp(machine.start(store))).toBe(1)
  })
})

describe('a ledger', () => {
  it('stays small, however long it is used', async () => {
    const machine = budgetsOnClock(30, hubWindowMs)
    const store = memoryLedgerStore()
    let largest = 0
    const watched: LedgerStore = {
      read: store.read,
      advance(name, version, content) {
        largest = Math.max(largest, content.length)
        return store.advance(name, version, content)
      },
    }
    const budgets = machine.start(watched)
    for (let turn = 0; turn < 20; turn += 1) {
      await useUp(budgets)
      machine.clock.advance(hubWindowMs / 2)
    }
    expect(largest).toBeLessThan(10_000)
  })
})
