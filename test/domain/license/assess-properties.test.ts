import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AssessmentContext, assess } from '../../../src/domain/license/assess.js'
import { clockToleranceMs, raiseFloor, readClock } from '../../../src/domain/license/clock-guard.js'
import { parseDomainName } from '../../../src/domain/license/domain-name.js'
import type { Entitlement, LicenseRecord } from '../../../src/domain/license/record.js'
import { type Setback, type SetbackReason, setbackMessage } from '../../../src/domain/license/setback.js'
import { postpone } from '../../../src/domain/license/transition.js'
import type { Verdict } from '../../../src/domain/license/verdict.js'
import type { VerificationPolicy } from '../../../src/domain/license/verification-policy.js'
import { shouldAsk } from '../../../src/domain/schedule/schedule.js'
import { dayMs, hourMs, keyA, keyB, minuteMs, policy, record, sampleRecord, spokenAt } from './sample-record.js'

const parsed = parseDomainName('mysite.com')
if (!parsed.ok) throw new Error('The test has a bad domain.')
const { domain } = parsed

interface Numbers {
  readonly time: fc.Arbitrary<number>
  readonly duration: fc.Arbitrary<number>
}

/** Near the moments at which a verdict changes, on either side of them. */
const plausible: Numbers = {
  time: fc
    .tuple(
      fc.constantFrom(0, 0.25, 0.5, 1, 7, 14, 14.5, 15.5, 30, -1, -20),
      fc.integer({ min: -1, max: 1 }),
      fc.integer({ min: -2, max: 2 }),
    )
    .map(([days, minutes, ms]) => spokenAt + days * dayMs + minutes * 4 * minuteMs + ms),
  duration: fc.constantFrom(0, 1, 5 * minuteMs, hourMs, 12 * hourMs, dayMs, 7 * dayMs, 14 * dayMs, 400 * dayMs),
}

const odd = fc.oneof(
  fc.constantFrom(
    Number.NaN,
    Infinity,
    -Infinity,
    -0,
    -1,
    2 ** 53,
    -(2 ** 53),
    Number.MAX_VALUE,
    Number.MIN_VALUE,
    8.64e15,
  ),
  fc.double(),
  plausible.time,
)
const anything: Numbers = { time: odd, duration: odd }

const reason: fc.Arbitrary<SetbackReason> = fc.constantFrom(...(Object.keys(setbackMessage) as SetbackReason[]))

const setbacks = ({ time }: Numbers): fc.Arbitrary<Setback> => fc.record({ reason, retryAt: time })

const entitlements = ({ time }: Numbers): fc.Arbitrary<Entitlement> =>
  fc.record({
    basis: fc.constantFrom('hub', 'hub', 'hub', 'offline'),
    status: fc.constantFrom('active', 'active', 'active', 'expired', 'revoked', 'inactive'),
    tier: fc.string(),
    features: fc.array(fc.string(), { maxLength: 2 }),
    expiresAt: fc.option(time),
    issuedAt: fc.oneof(fc.constant(spokenAt), time),
    leaseEndsAt: fc.option(time),
  })

const records = (numbers: Numbers, offset: fc.Arbitrary<number>): fc.Arbitrary<LicenseRecord> =>
  fc
    .record({
      licenseKey: fc.option(fc.constant(keyA), { freq: 9 }),
      entitlement: fc.option(entitlements(numbers), { freq: 9 }),
      deactivatedAt: fc.option(numbers.time, { freq: 1 }),
      pending: fc.option(fc.record({ licenseKey: fc.constant(keyB), nonce: fc.string(), startedAt: numbers.time }), {
        freq: 1,
      }),
      clock: fc.record({ offset, floor: numbers.time }),
      backOff: fc.option(fc.record({ reason, failures: fc.nat(), attemptedAt: numbers.time, until: numbers.time }), {
        freq: 1,
      }),
    })
    .map((parts) => ({ ...sampleRecord, ...parts }))

const policies = ({ duration }: Numbers): fc.Arbitrary<VerificationPolicy> =>
  fc.record({ verifyIntervalMs: duration, gracePeriodMs: duration, expiryGraceMs: duration })

const usual = records(
  plausible,
  fc.oneof(
    fc.constant(0),
    plausible.duration,
    plausible.duration.map((ms) => 0 - ms),
  ),
)
const usualPolicy = fc.oneof(fc.constant(policy), policies(plausible))

const contextAt = (now: number, chosen: VerificationPolicy = policy): AssessmentContext => ({
  now,
  domain,
  policy: chosen,
  source: 'record',
})

const worth = ({ state }: Verdict): number => ({ licensed: 3, grace: 2, unlicensed: 1, unknown: 0 })[state]
const runs = { numRuns: 3000 }

describe('assess', () => {
  it('never gives a better verdict to a later time', () => {
    fc.assert(
      fc.property(
        usual,
        usualPolicy,
        plausible.time,
        fc.oneof(plausible.duration, fc.nat(10 * minuteMs)),
        (known, chosen, now, elapsed) => {
          const earlier = assess(known, contextAt(now, chosen))
          const later = assess(known, contextAt(now + elapsed, chosen))
          expect(worth(later)).toBeLessThanOrEqual(worth(earlier))
          if (earlier.state === 'grace' && later.state === 'grace') expect(later.endsAt).toBe(earlier.endsAt)
        },
      ),
      runs,
    )
  })

  it('never lets an attempt without the hub’s word change more than its traces', () => {
    fc.assert(
      fc.property(
        usual,
        usualPolicy,
        plausible.time,
        setbacks(plausible),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (known, chosen, now, setback, fraction) => {
          const context = contextAt(now, chosen)
          const before = stripped(assess(known, context))
          expect(stripped(assess(known, { ...context, setback }))).toEqual(before)
          const postponed = postpone(known, setback, now, fraction)
          expect(stripped(assess(postponed, context))).toEqual(before)
          expect(stripped(assess(postponed, { ...context, setback }))).toEqual(before)
        },
      ),
      runs,
    )
  })

  it('tells the attempt of this very call, whatever the record says of others', () => {
    fc.assert(
      fc.property(usual, plausible.time, setbacks(plausible), (known, now, setback) => {
        expect(assess(known, { ...contextAt(now), setback }).lastAttempt).toEqual(setback)
      }),
    )
  })

  it('judges a time below the floor at the floor', () => {
    fc.assert(
      fc.property(usual, usualPolicy, fc.nat(400 * dayMs), (known, chosen, below) => {
        const { floor, offset } = known.clock
        const atFloor = assess(known, contextAt(floor - offset, chosen))
        const under = assess(known, contextAt(floor - offset - below, chosen))
        expect(under.state).toBe(atFloor.state)
        if (under.state === 'unlicensed' && under.reason === 'clock') expect(below).toBeGreaterThan(clockToleranceMs)
        if (under.state === 'grace' && atFloor.state === 'grace') expect(under.endsAt).toBe(atFloor.endsAt)
      }),
      runs,
    )
  })

  it('gives nothing to a clock that is turned back after the floor was raised', () => {
    fc.assert(
      fc.property(usual, usualPolicy, plausible.time, fc.nat(400 * dayMs), (known, chosen, now, back) => {
        // What is not written for less than an hour is all that there is to gain.
        const seen = assess(known, contextAt(now - hourMs, chosen))
        const raised = { ...known, clock: raiseFloor(known.clock, known.entitlement, chosen, now) }
        const turnedBack = assess(raised, contextAt(now - back, chosen))
        if (readClock(known.clock, now).time >= known.clock.floor + hourMs) {
          const ended = ['unlicensed', 'unknown'].includes(assess(known, contextAt(now, chosen)).state)
          if (ended) expect(['unlicensed', 'unknown']).toContain(turnedBack.state)
        }
        expect(worth(turnedBack)).toBeLessThanOrEqual(worth(seen))
      }),
      runs,
    )
  })

  it('asks at once where nothing but the floor locks out', () => {
    let met = 0
    fc.assert(
      fc.property(usual, plausible.time, (known, now) => {
        const verdict = assess(known, contextAt(now))
        if (verdict.state !== 'unlicensed' || verdict.reason !== 'clock') return
        met += 1
        expect(verdict.nextCheckAt).toBe(now)
        expect(shouldAsk(known, verdict, now)).toBe(known.licenseKey !== null || known.pending !== null)
      }),
      { numRuns: 20_000 },
    )
    expect(met).toBeGreaterThan(50)
  })

  it('never throws, however odd the record, the time and the policy', () => {
    fc.assert(
      fc.property(
        records(anything, odd),
        policies(anything),
        odd,
        fc.option(setbacks(anything), { nil: undefined }),
        (known, chosen, now, setback) => {
          const verdict = assess(known, { ...contextAt(now, chosen), ...(setback && { setback }) })
          expect(['licensed', 'grace', 'unlicensed', 'unknown']).toContain(verdict.state)
          expect(verdict.message).toMatch(/\.$/)
          expect(typeof shouldAsk(known, verdict, now)).toBe('boolean')
          expect(typeof raiseFloor(known.clock, known.entitlement, chosen, now).floor).toBe('number')
        },
      ),
      runs,
    )
  })

  it('calls no license fresh by a time that is no number', () => {
    expect(assess(record(), contextAt(Number.NaN)).state).not.toBe('licensed')
  })
})

/** What an unauthenticated answer must not touch. */
function stripped(verdict: Verdict): object {
  const { message, nextCheckAt, lastAttempt, ...rest } = verdict
  if (rest.state !== 'grace') return rest
  const { reason: _, ...terms } = rest
  return terms
}
