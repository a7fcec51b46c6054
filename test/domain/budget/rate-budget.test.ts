import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type Budget,
  budgetMemoryMs,
  isAdmissible,
  nextAdmission,
  type SentRequest,
  withDrift,
} from '../../../src/domain/budget/rate-budget.js'
import { limiterFactories } from './rate-limiters.js'

const budget: Budget = { limit: 3, windowMs: 60_000 }
const answered = (...times: number[]): SentRequest[] => times.map((time) => ({ sentAt: time, answeredAt: time }))
const inFlight = (...times: number[]): SentRequest[] => times.map((sentAt) => ({ sentAt, answeredAt: null }))

describe('isAdmissible', () => {
  it.each<[string, readonly SentRequest[], number, boolean]>([
    ['nothing was sent yet', [], 0, true],
    ['there is room left', answered(0, 0), 0, true],
    ['the limit is used up', answered(0, 0, 0), 0, false],
    ['a full window is exactly one window old, which a moving window still counts', answered(0, 0, 0), 60_000, false],
    ['a full window is a little older, so that its weight has fallen below the limit', answered(0, 0, 0), 60_001, true],
    ['one more, while the full window before it still weighs too much', answered(0, 0, 0, 60_001), 80_000, false],
    ['one more, as soon as the full window weighs little enough', answered(0, 0, 0, 60_001), 80_001, true],
    ['all are in flight and may arrive at any time', inFlight(0, 0, 0), 1_000_000, false],
    [
      'an answer came long after the request was sent',
      [...answered(0, 0), { sentAt: 0, answeredAt: 59_000 }],
      60_000,
      false,
    ],
    ['an answer is dated in the future: it counts as made now', answered(500_000, 500_000, 500_000), 0, false],
    ['everything is older than two windows', answered(0, 0, 0, 0, 0, 0), 120_000, true],
  ])('when %s', (_situation, requests, time, expected) => {
    expect(isAdmissible(requests, budget, time)).toBe(expected)
  })

  it('counts whole milliseconds exactly, where a quotient would round a full window down to one with room', () => {
    // Five of the previous window weigh 5 * (1 - 48/60), which is 0.9999999999999998 in floating point.
    expect(isAdmissible(answered(0, 0, 0, 0, 0), { limit: 1, windowMs: 60_000 }, 108_000)).toBe(false)
    expect(isAdmissible(answered(0, 0, 0, 0, 0), { limit: 1, windowMs: 60_000 }, 108_001)).toBe(true)
  })

  it('never admits what it refused, when the same requests were answered later or are still in flight', () => {
    const request = fc
      .tuple(fc.nat(3000), fc.nat(900))
      .map(([sentAt, flight]) => ({ sentAt, answeredAt: sentAt + flight }))
    fc.assert(
      fc.property(fc.array(request, { maxLength: 12 }), fc.nat(3), fc.nat(500), (requests, index, delay) => {
        const small: Budget = { limit: 4, windowMs: 1000 }
        const later = requests.map((sent, position) => ({
          ...sent,
          answeredAt: position % 4 === index ? (delay === 0 ? null : sent.answeredAt + delay) : sent.answeredAt,
        }))
        expect(isAdmissible(later, small, 4000) && !isAdmissible(requests, small, 4000)).toBe(false)
      }),
    )
  })
})

describe('withDrift', () => {
  /** How many requests are refused by any limiter whose clock runs slower by a thousandth, when all that are admitted are sent. */
  function refusals(kept: Budget, hub: Budget): number {
    const requests: SentRequest[] = []
    for (let time = 0; time < 6 * hub.windowMs; time += 1) {
      if (isAdmissible(requests.slice(-3 * hub.limit), kept, time)) requests.push(...answered(time))
    }
    const limiters = limiterFactories([0]).map((create) => create(hub.limit, hub.windowMs))
    return limiters.reduce(
      (sum, limiter) => sum + requests.filter(({ sentAt }) => !limiter.hit(sentAt * (1 - 1 / 1000))).length,
      0,
    )
  }

  it('leaves room for a clock of the hub that is slower by a thousandth', () => {
    const hub: Budget = { limit: 3, windowMs: 6_000 }
    expect(refusals(withDrift(hub), hub)).toBe(0)
    // Without it, the first request of each window would come too soon.
    expect(refusals(hub, hub)).toBeGreaterThan(0)
  })

  it('keeps whole milliseconds whole', () => {
    expect(withDrift({ limit: 30, windowMs: 60_000 })).toEqual({ limit: 30, windowMs: 60_060 })
    expect(withDrift({ limit: 1, windowMs: 0.5 })).toEqual({ limit: 1, windowMs: 1 })
  })
})

describe('budgetMemoryMs', () => {
  it('is how long a request can matter, whatever else was sent', () => {
    const old = { sentAt: 0, answeredAt: 0 }
    const request = fc.nat(2000).map((time) => ({ sentAt: time, answeredAt: time }))
    fc.assert(
      fc.property(fc.array(request, { maxLength: 10 }), (requests) => {
        const small: Budget = { limit: 3, windowMs: 1000 }
        const time = budgetMemoryMs(small)
        expect(isAdmissible([old, ...requests], small, time)).toBe(isAdmissible(requests, small, time))
      }),
    )
    expect(budgetMemoryMs(budget)).toBe(120_000)
  })
})

describe('nextAdmission', () => {
  it.each<[string, readonly SentRequest[], number, number]>([
    ['now, when there is room', answered(0), 5, 5],
    ['now, to the fraction of a millisecond', [], 5.25, 5.25],
    ['just after the window', answered(0, 0, 0), 10, 60_001],
    ['in whole milliseconds, from a fraction on', answered(0, 0, 0), 10.75, 60_001],
    ['as if what is in flight were answered now', inFlight(0, 0, 0), 10, 60_011],
  ])('is %s', (_when, requests, time, expected) => {
    expect(nextAdmission(requests, budget, time)).toBe(expected)
  })

  it('is admissible itself, and the millisecond before it is not', () => {
    const request = fc.nat(2000).map((time) => ({ sentAt: time, answeredAt: time }))
    fc.assert(
      fc.property(fc.array(request, { maxLength: 12 }), fc.nat(1500), (requests, after) => {
        const small: Budget = { limit: 4, windowMs: 1000 }
        const time = 2000 + after
        const next = nextAdmission(requests, small, time)
        expect(isAdmissible(requests, small, next)).toBe(true)
        expect(next === time || !isAdmissible(requests, small, next - 1)).toBe(true)
      }),
    )
  })
})

/** One attempt to send: how long after the one before, how long the answer takes, and when in that time it arrives. */
interface Attempt {
  readonly pauseMs: number
  readonly patient: boolean
  readonly flightMs: number
  readonly arrival: number
}

const windowMs = 1000
const attempt: fc.Arbitrary<Attempt> = fc.record({
  pauseMs: fc.oneof(
    fc.constant(0),
    fc.nat(40),
    fc.nat(400),
    fc.constantFrom(windowMs - 1, windowMs, windowMs + 1, 2 * windowMs),
  ),
  patient: fc.boolean(),
  flightMs: fc.oneof(fc.constant(0), fc.nat(50), fc.nat(3 * windowMs)),
  arrival: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
})

/** When the requests arrive at the hub that a client sends who asks for admission first. */
function arrivals(attempts: readonly Attempt[], limits: Budget, startMs: number): number[] {
  const sent: { sentAt: number; answeredAt: number }[] = []
  const seenAt = (time: number): SentRequest[] =>
    sent
      .filter(({ answeredAt }) => answeredAt > time || time - answeredAt < budgetMemoryMs(limits))
      .map(({ sentAt, answeredAt }) => ({ sentAt, answeredAt: answeredAt > time ? null : answeredAt }))
  const arrived: number[] = []
  let time = startMs
  for (const { pauseMs, patient, flightMs, arrival } of attempts) {
    time += pauseMs
    if (patient) time = nextAdmission(seenAt(time), limits, time)
    if (!isAdmissible(seenAt(time), limits, time)) continue
    sent.push({ sentAt: time, answeredAt: time + flightMs })
    arrived.push(time + flightMs * arrival)
  }
  return arrived.sort((a, b) => a - b)
}

describe('a client that asks for admission', () => {
  it('is never refused by a limiter of any kind and phase, wherever in their flight its requests arrive', () => {
    let admitted = 0
    fc.assert(
      fc.property(
        fc.array(attempt, { minLength: 10, maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        fc.array(fc.nat(windowMs), { minLength: 1, maxLength: 4 }),
        fc.constantFrom(0, 1_790_000_000_123),
        (attempts, limit, phases, clockOffset) => {
          const arrived = arrivals(attempts, { limit, windowMs }, clockOffset)
          admitted += arrived.length
          for (const create of limiterFactories([0, ...phases])) {
            const limiter = create(limit, windowMs)
            const refused = arrived.filter((time) => !limiter.hit(time))
            expect(refused, `refused by: ${limiter.name}`).toEqual([])
          }
        },
      ),
      { numRuns: 2000 },
    )
    expect(admitted).toBeGreaterThan(20_000)
  })

  it('would be refused by every limiter if it did not: the models do limit', () => {
    for (const create of limiterFactories([0, 250])) {
      const limiter = create(5, windowMs)
      const refused = Array.from({ length: 60 }, (_, index) => limiter.hit(index * 100)).filter((allowed) => !allowed)
      expect(refused.length, limiter.name).toBeGreaterThan(20)
    }
  })

  it.each([5, 10, 30, 100])('and is always busy uses at least 0.99 of %i per minute, without one refusal', (limit) => {
    const minute: Budget = { limit, windowMs: 60_000 }
    const limiters = limiterFactories([0, 12_345, 59_999]).map((create) => create(limit, minute.windowMs))
    const minutes = 22
    let sent: SentRequest[] = []
    let settled = 0
    for (let time = 0; ; ) {
      time = nextAdmission(sent, minute, time)
      if (time >= minutes * minute.windowMs) break
      const recent = sent.filter(({ sentAt }) => time - sentAt < budgetMemoryMs(minute))
      sent = [...recent, { sentAt: time, answeredAt: time }]
      for (const limiter of limiters) expect(limiter.hit(time), limiter.name).toBe(true)
      // The first two windows hold the burst of a fresh start, which would flatter the figure.
      if (time >= budgetMemoryMs(minute)) settled += 1
    }
    expect(settled / ((minutes - 2) * limit)).toBeGreaterThanOrEqual(0.99)
  })
})
