import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  abandon,
  admissionTime,
  certainAdmissionTime,
  emptyLedger,
  holdBack,
  type Ledger,
  lineUp,
  type Moment,
  penalize,
  rebase,
  recall,
  reserve,
  settle,
  silenceLength,
  unite,
  usedUpLedger,
  withdraw,
} from '../../../src/domain/budget/ledger.js'
import type { Budget } from '../../../src/domain/budget/rate-budget.js'

const windowMs = 60_000
const budget: Budget = { limit: 10, windowMs }
const start: Moment = { boot: 'first', monotonic: 1_000_000, wall: Date.parse('2026-01-15T12:00:00Z') }
const now = start.monotonic
const empty = emptyLedger(start)

/** `count` requests that were sent and answered at `time`. */
function used(ledger: Ledger, count: number, time: number): Ledger {
  return Array.from({ length: count }).reduce<Ledger>((current, _, index) => {
    const id = `${time}-${index}`
    return settle(reserve(current, budget, id, time, 3_000), id, time)
  }, ledger)
}

describe('admission', () => {
  it('lets a burst pass from idle, to the limit and no further', () => {
    expect(admissionTime(used(empty, 9, now), budget, { priority: 'interactive' }, now)).toBe(now)
    expect(admissionTime(used(empty, 10, now), budget, { priority: 'interactive' }, now)).toBeGreaterThan(
      now + windowMs,
    )
  })

  it.each([
    [1, 1],
    [2, 1],
    [5, 4],
    [10, 9],
    [30, 27],
    [100, 90],
  ])('of a limit of %i, leaves background work %i', (limit, share) => {
    const wide = { limit, windowMs }
    const at = (count: number) => admissionTime(used(empty, count, now), wide, { priority: 'background' }, now)
    expect(at(share - 1)).toBe(now)
    expect(at(share)).toBeGreaterThan(now)
  })

  it.each([
    ['whose process died', (ledger: Ledger) => ledger, 3_000],
    ['that was given up', (ledger: Ledger) => abandon(ledger, 'died', now + 1_000), 1_000],
  ])('counts a request %s as under way for a window longer: a slow hub takes it up late', (_which, end, endsAfter) => {
    const one = { limit: 1, windowMs }
    const ledger = end(reserve(empty, one, 'died', now, 3_000))
    const lastArrival = now + endsAfter + windowMs
    expect(admissionTime(ledger, one, { priority: 'interactive' }, lastArrival - 1)).toBe(lastArrival + windowMs)
    expect(admissionTime(ledger, one, { priority: 'interactive' }, lastArrival + 2 * windowMs)).toBe(
      lastArrival + 2 * windowMs,
    )
    expect(certainAdmissionTime(ledger, one, { priority: 'interactive' }, now)).toBe(lastArrival + windowMs + 1)
  })

  it('gives a place back that was not used', () => {
    const one = { limit: 1, windowMs }
    expect(
      admissionTime(withdraw(reserve(empty, one, 'a', now, 3_000), 'a'), one, { priority: 'interactive' }, now),
    ).toBe(now)
  })

  it('forgets what no limiter can count any more', () => {
    const later = now + 2 * windowMs
    expect(reserve(used(empty, 5, now), budget, 'next', later, 3_000).requests.map(({ id }) => id)).toEqual(['next'])
    expect(reserve(used(empty, 5, now), budget, 'next', later - 1, 3_000).requests).toHaveLength(6)
  })
})

describe('the line of those who wait', () => {
  const full = used(empty, 10, now)
  const caller = (id: string) => ({ id, priority: 'interactive' }) as const
  /** Each is told its turn, and lines up for it. */
  const lined = ['a', 'b', 'c'].reduce((ledger, id) => {
    return lineUp(ledger, { id, at: admissionTime(ledger, budget, caller(id), now) }, now)
  }, full)
  const turns = lined.line.map(({ at }) => at)

  it('gives each the time that it would have if those ahead had sent their requests', () => {
    let ledger = full
    for (const at of turns) {
      expect(admissionTime(ledger, budget, { priority: 'interactive' }, now)).toBe(at)
      ledger = used(ledger, 1, at)
    }
    expect(new Set(turns).size).toBe(3)
  })

  it('lets those behind wait for those ahead, and not the other way round', () => {
    const [first = 0, second = 0] = turns
    expect(admissionTime(lined, budget, caller('a'), first)).toBe(first)
    expect(admissionTime(lined, budget, caller('b'), first)).toBe(second)
    expect(admissionTime(lined, budget, caller('new'), first)).toBeGreaterThan(turns[2] ?? 0)
  })

  it('is left with the place, and with the wish for one', () => {
    expect(reserve(lined, budget, 'a', turns[0] ?? 0, 3_000).line.map(({ id }) => id)).toEqual(['b', 'c'])
    expect(withdraw(lined, 'b').line.map(({ id }) => id)).toEqual(['a', 'c'])
  })

  it('keeps the pace after a complaint', () => {
    const punished = penalize(reserve(empty, budget, 'x', now, 3_000), budget, 'x', now, windowMs)
    const over = settle(reserve(punished, budget, 'probe', now + windowMs, 3_000), 'probe', now + windowMs)
    const time = now + windowMs + 1
    const first = admissionTime(over, budget, caller('a'), time)
    const behind = admissionTime(lineUp(over, { id: 'a', at: first }, time), budget, caller('b'), time)
    expect(behind - first).toBe(windowMs / 5)
  })

  it('does not outlive the boot of the machine', () => {
    expect(rebase(lined, budget, { boot: 'second', monotonic: 0, wall: start.wall }).line).toEqual([])
    // Where only the name tells the two apart, too.
    expect(rebase(lined, budget, { ...start, boot: 'second' }).line).toEqual([])
  })
})

describe('a complaint of the hub', () => {
  const sent = reserve(empty, budget, 'a', now, 3_000)
  const punished = penalize(sent, budget, 'a', now + 100, windowMs)
  const over = now + 100 + windowMs

  it('silences everybody until its end', () => {
    expect(admissionTime(punished, budget, { priority: 'interactive' }, now + 200)).toBe(over)
    expect(admissionTime(punished, budget, { priority: 'interactive' }, over)).toBe(over)
  })

  it('is followed by one probe alone', () => {
    const probing = reserve(punished, budget, 'probe', over, 3_000)
    const next = admissionTime(probing, budget, { priority: 'interactive' }, over + 1)
    expect(next).toBe(over + 3_000 + windowMs)
    expect(admissionTime(probing, budget, { priority: 'interactive' }, next)).toBe(next)
    const answered = settle(probing, 'probe', over + 50)
    expect(admissionTime(answered, budget, { priority: 'interactive' }, over + 51)).toBe(over + windowMs / 5)
  })

  it('halves the limit, and spreads what is left of it evenly', () => {
    const answered = settle(reserve(punished, budget, 'probe', over, 3_000), 'probe', over + 50)
    const second = reserve(answered, budget, 'second', over + 12_000, 3_000)
    expect(
      admissionTime(settle(second, 'second', over + 12_050), budget, { priority: 'interactive' }, over + 12_060),
    ).toBe(over + 24_000)
  })

  it('costs more when it is repeated, down to one request in a window', () => {
    const limits = [5, 2, 1, 1]
    let ledger = empty
    for (const limit of limits) {
      ledger = penalize(reserve(ledger, budget, 'again', now, 3_000), budget, 'again', now, windowMs)
      expect(ledger.penalty?.limit).toBe(limit)
    }
  })

  it('never shortens a silence that lasts longer', () => {
    const longer = penalize(punished, budget, 'a', now + 200, 10)
    expect(longer.penalty?.silentUntil).toBe(over)
  })

  it('is forgiven one request per window for every ten clean minutes, and then altogether', () => {
    const answered = settle(reserve(punished, budget, 'probe', over, 3_000), 'probe', over)
    const minutes = (count: number) => over + count * 60_000
    const pace = (time: number) => {
      const ledger = reserve(answered, budget, 'paced', time, 3_000)
      return admissionTime(settle(ledger, 'paced', time), budget, { priority: 'interactive' }, time + 1) - time
    }
    expect(pace(minutes(9))).toBe(windowMs / 5)
    expect(pace(minutes(10))).toBe(windowMs / 6)
    expect(pace(minutes(40))).toBeCloseTo(windowMs / 9)
    expect(reserve(answered, budget, 'free', minutes(50), 3_000).penalty).toBeNull()
  })

  it('is not answered by a request that was under way when it began', () => {
    const two = reserve(sent, budget, 'b', now, 3_000)
    const settled = settle(penalize(two, budget, 'a', now + 100, windowMs), 'b', now + 200)
    expect(settled.penalty).toMatchObject({ probed: false })
  })
})

describe('an answer that says that nothing is left', () => {
  const held = holdBack(used(empty, 3, now), budget, now, 30_000)

  it('holds everybody back until there is, and costs nothing more', () => {
    expect(admissionTime(held, budget, { priority: 'interactive' }, now)).toBe(now + 30_000)
    expect(admissionTime(held, budget, { priority: 'interactive' }, now + 30_000)).toBe(now + 30_000)
    expect(admissionTime(used(held, 6, now + 30_000), budget, { priority: 'interactive' }, now + 30_000)).toBe(
      now + 30_000,
    )
  })

  it('is believed for a window at most', () => {
    expect(holdBack(empty, budget, now, 24 * 60 * windowMs).spentUntil).toBe(now + windowMs)
  })

  it('is no news where our own requests explain it', () => {
    const full = used(empty, 10, now)
    expect(holdBack(full, budget, now, 30_000)).toBe(full)
  })

  it('never ends a wait sooner', () => {
    expect(holdBack(held, budget, now + 1, 10)).toBe(held)
    const punished = penalize(held, budget, 'x', now, 2 * windowMs)
    expect(admissionTime(punished, budget, { priority: 'interactive' }, now)).toBe(now + 2 * windowMs)
    expect(admissionTime(penalize(held, budget, 'x', now, 10), budget, { priority: 'interactive' }, now)).toBe(
      now + 30_000,
    )
  })

  it('is known to all who share the ledger, and forgotten with the boot', () => {
    expect(unite(empty, held).spentUntil).toBe(now + 30_000)
    expect(unite(held, empty).spentUntil).toBe(now + 30_000)
    const again: Moment = { boot: 'second', monotonic: 5_000, wall: start.wall - 365 * 24 * 60 * 60_000 }
    expect(rebase(held, budget, again).spentUntil).toBe(5_000)
  })
})

describe('the length of a silence', () => {
  it.each([
    ['a whole window, where the hub names none', null, 0, windowMs],
    ['a whole window, where the hub names less', 1, 0, windowMs],
    ['what the hub names, where that is more', 3 * windowMs, 0, 3 * windowMs],
    ['longer by up to five seconds of chance', 3 * windowMs, 0.5, 3 * windowMs + 2_500],
  ] as const)('is %s', (_what, retryAfterMs, fraction, expected) => {
    expect(silenceLength(retryAfterMs, budget, fraction)).toBe(expected)
  })
})

describe('another boot of the machine', () => {
  const used10 = used(empty, 10, now)

  it('is told by its name, and the wall clock bridges the gap', () => {
    const again: Moment = { boot: 'second', monotonic: 5_000, wall: start.wall + 30_000 }
    const ledger = rebase(used10, budget, again)
    expect(ledger.requests[0]).toMatchObject({ sentAt: 5_000 - 30_000, answeredAt: 5_000 - 30_000 })
    expect(admissionTime(ledger, budget, { priority: 'interactive' }, 5_000)).toBeGreaterThan(5_000)
    expect(admissionTime(ledger, budget, { priority: 'interactive' }, 5_000 + 2 * windowMs)).toBe(5_000 + 2 * windowMs)
  })

  it('takes what would lie in the future for just now, when the wall clock was set back', () => {
    const back: Moment = { boot: 'second', monotonic: 5_000, wall: start.wall - 365 * 24 * 60 * 60_000 }
    const ledger = rebase(penalize(used10, budget, 'x', now, windowMs), budget, back)
    expect(ledger.requests.every(({ answeredAt }) => answeredAt === 5_000)).toBe(true)
    expect(ledger.penalty?.silentUntil).toBe(5_000 + windowMs)
    expect(ledger.penalty?.cleanSince).toBe(5_000)
  })

  it('knows by when the requests of the last one were given up', () => {
    const inFlight = reserve(empty, budget, 'a', now, 3_000)
    const ledger = rebase(inFlight, budget, { boot: 'second', monotonic: 5_000, wall: start.wall + 60_000 })
    expect(ledger.requests[0]).toMatchObject({ answeredAt: null, endsAt: 5_000 - 60_000 + 3_000 })
  })

  it('leaves the present one as it is', () => {
    const later: Moment = { ...start, monotonic: now + 1, wall: start.wall + 99 }
    // The same object, by which whoever reads it hundreds of times a second knows that there is nothing to write.
    const punished = penalize(lineUp(used10, { id: 'x', at: now + 5 }, now), budget, 'x', now, windowMs)
    for (const ledger of [empty, used10, punished, usedUpLedger(budget, start)]) {
      expect(rebase(ledger, budget, later)).toBe(ledger)
    }
  })
})

describe('a ledger whose times are not those of the clock, though the boot is the same', () => {
  const used10 = used(empty, 10, now)
  const caller = { priority: 'interactive' } as const
  /** The clock of a container that counts from another beginning, or of a machine put back to a snapshot. */
  const elsewhere = (ahead: number, passed = 0): Moment => ({
    boot: 'first',
    monotonic: now + ahead + passed,
    wall: start.wall + passed,
  })

  it.each([
    ['behind', -900_000],
    ['ahead', 900_000],
  ])('is read by the wall clock where its clock is %s', (_where, ahead) => {
    const seen = elsewhere(ahead, 30_000)
    const { requests } = rebase(used10, budget, seen)
    expect(requests.map(({ answeredAt }) => answeredAt)).toEqual(requests.map(() => now + ahead))
  })

  it.each([
    ['set back', -24 * 60 * 60_000],
    ['set forward', 24 * 60 * 60_000],
  ])('does not grow older than it is where the wall clock was %s', (_how, setBy) => {
    const seen: Moment = { boot: 'first', monotonic: now + 1_000, wall: start.wall + 1_000 + setBy }
    const punished = penalize(used10, budget, 'x', now, windowMs)
    for (const { answeredAt } of rebase(used10, budget, seen).requests) {
      expect(answeredAt).toBeGreaterThanOrEqual(now)
      expect(answeredAt).toBeLessThanOrEqual(seen.monotonic)
    }
    const { penalty } = rebase(punished, budget, seen)
    expect(penalty?.silentUntil).toBeGreaterThanOrEqual(now + windowMs)
    expect(penalty?.silentUntil).toBeLessThanOrEqual(seen.monotonic + windowMs)
  })

  it('is taken as it is by a clock that is set right a little', () => {
    const seen: Moment = { boot: 'first', monotonic: now, wall: start.wall + 900 }
    expect(rebase(used10, budget, seen)).toEqual(used10)
  })

  it('keeps what was said to be spent, for as long as that is believed', () => {
    expect(rebase(usedUpLedger(budget, start), budget, elsewhere(-900_000)).spentUntil).toBe(
      now - 900_000 + 2 * windowMs,
    )
    const seen: Moment = { boot: 'first', monotonic: now + 1, wall: start.wall + 99_999 }
    expect(rebase(usedUpLedger(budget, start), budget, seen).spentUntil).toBe(now + 2 * windowMs)
  })

  const anything = fc
    .oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -1e7, max: 1e7 }).map((offset) => now + offset),
      fc.constantFrom(0, now, -Number.MAX_VALUE, Number.MAX_VALUE),
      // Minus zero is written as zero.
    )
    .map((time) => time + 0)
  const someLedger: fc.Arbitrary<Ledger> = fc.record({
    boot: fc.constantFrom('first', 'second'),
    wallOffset: fc.oneof(fc.constant(empty.wallOffset), anything),
    requests: fc.array(
      fc.record({
        id: fc.uuid(),
        sentAt: anything,
        answeredAt: fc.oneof(fc.constant(null), anything),
        endsAt: anything,
      }),
      { maxLength: 40 },
    ),
    line: fc.array(fc.record({ id: fc.uuid(), at: anything }), { maxLength: 5 }),
    penalty: fc.oneof(
      fc.constant(null),
      fc.record({
        silentUntil: anything,
        probed: fc.boolean(),
        limit: fc.oneof(
          fc.constant(0),
          fc.integer({ min: 1, max: 100 }),
          fc.double({ noNaN: true, noDefaultInfinity: true }),
        ),
        cleanSince: anything,
      }),
    ),
    spentUntil: anything,
  })

  it('silences nobody for ever, whatever is written in it', () => {
    const dayMs = 24 * 60 * 60_000
    fc.assert(
      fc.property(someLedger, (ledger) => {
        const seen = rebase(ledger, budget, start)
        // Written back, it is read the same from then on.
        expect(rebase(seen, budget, start)).toBe(seen)
        const told = certainAdmissionTime(seen, budget, caller, now)
        expect(told).toBeLessThanOrEqual(now + 2 * dayMs)
        expect(admissionTime(seen, budget, caller, told)).toBe(told)
      }),
      { numRuns: 1_000 },
    )
  })

  it('never makes a request older than it is, whichever of two clocks has stayed right', () => {
    // Clocks that are so near to each other are taken for one.
    const toleranceMs = 1_000
    const times = fc.record({
      ageMs: fc.nat(3 * windowMs),
      monotonicBy: fc.oneof(fc.constant(0), fc.integer({ min: -900_000, max: 1e9 })),
      wallBy: fc.oneof(fc.constant(0), fc.integer({ min: -1e10, max: 1e10 })),
      boot: fc.constantFrom('first', 'second'),
    })
    fc.assert(
      fc.property(times, ({ ageMs, monotonicBy, wallBy, boot }) => {
        fc.pre(monotonicBy === 0 || wallBy === 0)
        const seen: Moment = { boot, monotonic: now + ageMs + monotonicBy, wall: start.wall + ageMs + wallBy }
        for (const { answeredAt } of rebase(used(empty, 1, now), budget, seen).requests) {
          expect(seen.monotonic - (answeredAt ?? seen.monotonic)).toBeLessThanOrEqual(ageMs + toleranceMs)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})

describe('a ledger that cannot be read', () => {
  it('counts as used up just now, and for no longer than that', () => {
    const lost = usedUpLedger(budget, start)
    expect(admissionTime(lost, budget, { priority: 'interactive' }, now)).toBeGreaterThan(now + windowMs)
    expect(admissionTime(lost, budget, { priority: 'interactive' }, now + 2 * windowMs)).toBe(now + 2 * windowMs)
  })
})

describe('a ledger of a million requests', () => {
  const old = { sentAt: now - 9 * windowMs, answeredAt: null, endsAt: now - 8 * windowMs }
  const requests = Array.from({ length: 1_000_000 }, (_, index) => ({ ...old, id: `${index}` }))

  it.each([false, true])(
    'is judged and cleared like any other in a penalty (with its probe answered: %s)',
    (probed) => {
      const penalty = { silentUntil: now - 10 * windowMs, probed, limit: 5, cleanSince: now - 11 * windowMs }
      const ledger = rebase({ ...empty, requests, penalty }, budget, start)
      expect(admissionTime(ledger, budget, { priority: 'interactive' }, now)).toBe(now)
      expect(reserve(ledger, budget, 'a', now, 3_000).requests).toHaveLength(1)
    },
  )
})

describe('two accounts of one past', () => {
  const mine = reserve(empty, budget, 'mine', now, 3_000)
  const theirs = reserve(reserve(empty, budget, 'theirs', now, 3_000), budget, 'mine', now, 3_000)

  it('know together what either knows', () => {
    const both = unite(settle(mine, 'mine', now + 5), theirs)
    expect(both.requests.map(({ id, answeredAt }) => [id, answeredAt])).toEqual([
      ['theirs', null],
      ['mine', now + 5],
    ])
    expect(unite(mine, settle(theirs, 'mine', now + 7)).requests.find(({ id }) => id === 'mine')?.answeredAt).toBe(
      now + 7,
    )
    expect(unite(mine, empty).requests).toEqual(mine.requests)
  })

  it('keep the longer silence', () => {
    const punished = penalize(theirs, budget, 'theirs', now, windowMs)
    expect(unite(mine, punished).penalty).toEqual(punished.penalty)
    expect(unite(punished, mine).penalty).toEqual(punished.penalty)
    expect(unite(mine, theirs).penalty).toBeNull()
  })
})

describe('a ledger that has lost what a process knows', () => {
  const known = { own: new Set([`${now}-0`]), budget, time: now + 1_000 }
  const later = (time: number) => ({ ...known, time })

  it('gets the own requests of that process back, and no others', () => {
    expect(recall(empty, used(empty, 2, now), known).requests).toEqual(used(empty, 1, now).requests)
  })

  it('stays the same object where it lacks nothing', () => {
    const ledger = used(empty, 1, now)
    expect(recall(ledger, used(empty, 2, now), known)).toBe(ledger)
    expect(recall(empty, empty, known)).toBe(empty)
  })

  it('does not get back what counts no more', () => {
    const before = used(empty, 1, now)
    expect(recall(empty, before, later(now + 2 * windowMs - 1)).requests).toHaveLength(1)
    expect(recall(empty, before, later(now + 2 * windowMs))).toBe(empty)
  })

  it('gets back the complaint of the hub, unless it knows of a longer silence, or all is forgiven', () => {
    const complained = penalize(empty, budget, 'x', now, 5_000)
    expect(recall(empty, complained, known).penalty).toEqual(complained.penalty)
    const harsher = penalize(empty, budget, 'y', now, 9_000)
    expect(recall(harsher, complained, known)).toBe(harsher)
    const probed = settle(reserve(complained, budget, 'probe', now + 5_000, 3_000), 'probe', now + 5_000)
    expect(recall(empty, probed, later(now + 50 * 60_000)).penalty).toEqual(probed.penalty)
    expect(recall(empty, probed, later(now + 5_000 + 50 * 60_000))).toBe(empty)
  })

  it('gets back that nothing is left, for as long as that is so', () => {
    const spent = holdBack(empty, budget, now, 5_000)
    expect(recall(empty, spent, known).spentUntil).toBe(now + 5_000)
    expect(recall(empty, spent, later(now + 6_000))).toBe(empty)
  })
})

describe('the time that a caller is told', () => {
  const one: Budget = { limit: 1, windowMs }

  it('is the present where a request is admitted', () => {
    expect(certainAdmissionTime(empty, one, { priority: 'interactive' }, now)).toBe(now)
  })

  it('counts on the latest answer of what is under way', () => {
    const underWay = reserve(empty, one, 'a', now, 3_000)
    const certain = certainAdmissionTime(underWay, one, { priority: 'interactive' }, now + 10)
    const late = settle(underWay, 'a', now + 3_000 + windowMs)
    expect(admissionTime(late, one, { priority: 'interactive' }, certain)).toBe(certain)
    const answered = settle(underWay, 'a', now + 5)
    expect(certainAdmissionTime(answered, one, { priority: 'interactive' }, now + 10)).toBe(
      admissionTime(answered, one, { priority: 'interactive' }, now + 10),
    )
  })
})

describe('an end of a request that nobody remembers', () => {
  it.each([
    ['an answer', settle(empty, 'lost', now), now],
    ['a refusal', penalize(empty, budget, 'lost', now, windowMs), now],
    ['a caller who gave up', abandon(empty, 'lost', now), null],
  ])('is one of a request all the same: %s', (_what, { requests }, answeredAt) => {
    expect(requests).toEqual([{ id: 'lost', sentAt: now, answeredAt, endsAt: now }])
  })

  it('ends no silence', () => {
    const punished = penalize(reserve(empty, budget, 'a', now, 3_000), budget, 'a', now, windowMs)
    expect(settle(punished, 'forgotten', now + 2 * windowMs).penalty).toMatchObject({ probed: false })
  })
})
