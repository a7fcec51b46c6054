import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assess } from '../../../src/domain/license/assess.js'
import type { BackOff, LicenseRecord } from '../../../src/domain/license/record.js'
import { emptyRecord } from '../../../src/domain/license/record.js'
import type { Setback, SetbackReason } from '../../../src/domain/license/setback.js'
import { backOffAfter } from '../../../src/domain/schedule/back-off.js'
import { nextCheckTime, renewalTime, runningBackOff, shouldAsk } from '../../../src/domain/schedule/schedule.js'
import {
  backOff,
  dayMs,
  entitlement,
  hourMs,
  keyA,
  keyB,
  minuteMs,
  policy,
  record,
  spokenAt,
} from '../license/sample-record.js'

const setback = (reason: SetbackReason, retryAt = 0): Setback => ({ reason, retryAt })

/** The delays of attempts that fail one after the other for these reasons. */
function delays(reasons: readonly SetbackReason[], fraction: number): number[] {
  let previous: BackOff | null = null
  return reasons.map((reason, index) => {
    const now = index * 10 * dayMs
    previous = backOffAfter(previous, setback(reason), now, fraction)
    expect(previous).toMatchObject({ reason, attemptedAt: now })
    return previous.until - now
  })
}

const times = (count: number, reason: SetbackReason): SetbackReason[] => Array<SetbackReason>(count).fill(reason)

describe('backOffAfter', () => {
  it('doubles from 5 minutes to 6 hours while the hub does not answer', () => {
    expect(delays(times(10, 'timeout'), 0.5).map((delay) => delay / minuteMs)).toEqual([
      5, 10, 20, 40, 80, 160, 320, 360, 360, 360,
    ])
  })

  it('goes from 12 to 24 to 48 hours while the hub refuses', () => {
    expect(delays(times(5, 'refused'), 0.5).map((delay) => delay / hourMs)).toEqual([12, 24, 48, 48, 48])
  })

  it('goes on counting when one non-answer follows another of a different reason', () => {
    expect(delays(['timeout', 'not-json', 'hub-failed'], 0.5).map((delay) => delay / minuteMs)).toEqual([5, 10, 20])
  })

  it('starts again when a refusal follows a non-answer, or the reverse', () => {
    const reasons: SetbackReason[] = ['timeout', 'timeout', 'refused', 'refused', 'timeout']
    expect(delays(reasons, 0.5)).toEqual([5 * minuteMs, 10 * minuteMs, 12 * hourMs, 24 * hourMs, 5 * minuteMs])
  })

  it('spreads the delays by a fifth either way', () => {
    expect(delays(['timeout'], 0)).toEqual([4 * minuteMs])
    expect(delays(['timeout'], 1 - 2 ** -53)).toEqual([6 * minuteMs])
    expect(delays(times(20, 'timeout'), 0).at(-1)).toBe(4.8 * hourMs)
    expect(delays(times(20, 'refused'), 1 - 2 ** -53).at(-1)).toBe(57.6 * hourMs)
  })

  it('never ends before the time that the setback names', () => {
    expect(backOffAfter(null, setback('rate-limited', hourMs), 0, 0).until).toBe(hourMs)
    expect(backOffAfter(null, setback('rate-limited', minuteMs), 0, 0).until).toBe(4 * minuteMs)
  })

  it('stays within its bounds however often an attempt has failed', () => {
    const failures = fc.oneof(fc.nat(80), fc.constantFrom(1e3, 1e9, Number.MAX_SAFE_INTEGER - 1))
    const reason = fc.constantFrom<SetbackReason>('timeout', 'refused', 'not-json')
    fc.assert(
      fc.property(
        failures,
        reason,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (count, why, fraction) => {
          const next = backOffAfter(backOff({ reason: why, failures: count }), setback(why), 0, fraction)
          const [shortest, longest] = why === 'refused' ? [12 * hourMs, 48 * hourMs] : [5 * minuteMs, 6 * hourMs]
          expect(next.failures).toBe(count + 1)
          expect(Number.isInteger(next.until)).toBe(true)
          expect(next.until).toBeGreaterThanOrEqual(0.8 * shortest)
          expect(next.until).toBeLessThanOrEqual(1.2 * longest)
        },
      ),
    )
  })
})

describe('runningBackOff', () => {
  const running = backOff({ attemptedAt: 1000, until: 2000 })

  it.each([
    [999, false],
    [1000, true],
    [1999, true],
    [2000, false],
  ])('at %i: %s', (now, expected) => {
    expect(runningBackOff(running, now)).toBe(expected ? running : undefined)
  })

  it('is none where no attempt has failed', () => {
    expect(runningBackOff(null, 1500)).toBeUndefined()
  })
})

describe('renewalTime', () => {
  it.each([
    ['after the interval', {}, 12 * hourMs],
    ['after half of a short lease', { leaseEndsAt: spokenAt + 8 * hourMs }, 4 * hourMs],
    ['after the interval, where half of the lease is longer', { leaseEndsAt: spokenAt + 30 * dayMs }, 12 * hourMs],
    ['after half of the lease, to the half millisecond', { leaseEndsAt: spokenAt + 101 }, 50.5],
    ['at the end of an offline license', { basis: 'offline', leaseEndsAt: spokenAt + 90 * dayMs }, 90 * dayMs],
    ['after the interval, for an offline license without an end', { basis: 'offline' }, 12 * hourMs],
  ] as const)('is %s', (_when, changes, delay) => {
    expect(renewalTime(entitlement(changes), policy)).toBe(spokenAt + delay)
  })
})

describe('nextCheckTime', () => {
  const now = spokenAt + hourMs
  const due = spokenAt + 12 * hourMs
  const none = { entitlement: null, licenseKey: keyA }

  it.each<[string, Partial<LicenseRecord>, boolean, number, number]>([
    ['when the word grows stale', {}, true, now, due],
    ['in whole milliseconds', { entitlement: entitlement({ leaseEndsAt: spokenAt + 101 }) }, true, now, spokenAt + 51],
    ['five minutes after a word that locks out', {}, false, now, spokenAt + 5 * minuteMs],
    ['when the word grew stale, if that has passed', {}, true, now + dayMs, due],
    [
      'on the machine’s clock, which runs ahead',
      { clock: { offset: -dayMs, floor: spokenAt } },
      true,
      now + dayMs,
      due + dayMs,
    ],
    [
      'on the machine’s clock, which runs behind',
      { clock: { offset: dayMs, floor: spokenAt } },
      true,
      now - dayMs,
      due - dayMs,
    ],
    ['after the back-off', { backOff: backOff({ attemptedAt: now, until: due + 7 }) }, true, now, due + 7],
    [
      'when the word grows stale, if the back-off ends sooner',
      { backOff: backOff({ attemptedAt: now, until: now + 7 }) },
      true,
      now,
      due,
    ],
    [
      'whatever the back-off of a time that has not come',
      { backOff: backOff({ attemptedAt: now + 1, until: due + 7 }) },
      true,
      now,
      due,
    ],
    ['at once, with nothing on record', { ...none }, true, now, now],
    [
      'after the back-off, with nothing on record',
      { ...none, backOff: backOff({ attemptedAt: now, until: now + 9 }) },
      true,
      now,
      now + 9,
    ],
    [
      'at once, with nothing on record and the back-off over',
      { ...none, backOff: backOff({ attemptedAt: now - 9, until: now - 1 }) },
      true,
      now,
      now,
    ],
  ])('is %s', (_when, changes, usable, at, expected) => {
    expect(nextCheckTime(record(changes), usable, policy, at)).toBe(expected)
  })

  it('does not wait for a clock to catch up that was set back: below the floor everything is due', () => {
    const stale = record({ clock: { offset: 0, floor: due + hourMs } })
    expect(nextCheckTime(stale, true, policy, spokenAt - 30 * dayMs)).toBe(spokenAt - 30 * dayMs)
    const fresh = record({ clock: { offset: 0, floor: due - hourMs } })
    expect(nextCheckTime(fresh, true, policy, spokenAt - 30 * dayMs)).toBe(spokenAt - 30 * dayMs)
    const held = { ...fresh, backOff: backOff({ attemptedAt: spokenAt - 30 * dayMs, until: spokenAt - 29 * dayMs }) }
    expect(nextCheckTime(held, true, policy, spokenAt - 30 * dayMs)).toBe(spokenAt - 29 * dayMs)
  })

  it('takes a clock that is a few minutes off for right', () => {
    expect(nextCheckTime(record(), true, policy, spokenAt - 4 * minuteMs)).toBe(due - 4 * minuteMs)
  })
})

/** Whether `verify()` asks, with the verdict that it would have. */
function asks(changes: Partial<LicenseRecord>, now: number, expiryGraceMs = 0): boolean {
  const known = record(changes)
  const context = { now, domain: 'auto', policy: { ...policy, expiryGraceMs }, source: 'record' } as const
  return shouldAsk(known, assess(known, context), now)
}

describe('shouldAsk', () => {
  const stale = spokenAt + dayMs
  const locked = { entitlement: entitlement({ status: 'revoked' }) }
  const ended = { entitlement: entitlement({ status: 'expired' }) }
  const clockSetBack = { clock: { offset: 0, floor: spokenAt + 20 * dayMs } }
  const tried = (reason: SetbackReason, attemptedAt: number, delay: number): Partial<LicenseRecord> => ({
    backOff: backOff({ reason, attemptedAt, until: attemptedAt + delay }),
  })

  it.each<[string, Partial<LicenseRecord>, number, boolean]>([
    ['is fresh', {}, spokenAt + hourMs, false],
    [
      'is fresh, whatever is pending',
      { pending: { licenseKey: keyB, nonce: 'n', startedAt: 0 } },
      spokenAt + hourMs,
      false,
    ],
    ['is fresh only because the clock was set back', {}, spokenAt - hourMs, true],
    [
      'is fresh only because the clock was set back, while the back-off of a non-answer runs',
      tried('timeout', spokenAt - hourMs, 5 * minuteMs),
      spokenAt - hourMs,
      false,
    ],
    ['is fresh, with a clock that hardly differs', {}, spokenAt - 5 * minuteMs, false],
    ['is stale', {}, stale, true],
    ['is stale, while the back-off of a non-answer runs', tried('timeout', stale - 1, 5 * minuteMs), stale, false],
    ['is stale, the moment that back-off ends', tried('timeout', stale - 5 * minuteMs, 5 * minuteMs), stale, true],
    ['is stale, while the back-off of a refusal runs', tried('refused', stale - 1, dayMs), stale, true],
    ['is stale, with a back-off of a time that has not come', tried('timeout', stale + 1, dayMs), stale, true],
    ['is revoked, just told', locked, spokenAt, false],
    ['is revoked, told less than five minutes ago', locked, spokenAt + 5 * minuteMs - 1, false],
    ['is revoked, told five minutes ago', locked, spokenAt + 5 * minuteMs, true],
    [
      'is revoked, tried less than five minutes ago',
      { ...locked, ...tried('timeout', stale, dayMs) },
      stale + 5 * minuteMs - 1,
      false,
    ],
    [
      'is revoked, tried five minutes ago, whatever the back-off',
      { ...locked, ...tried('timeout', stale, dayMs) },
      stale + 5 * minuteMs,
      true,
    ],
    [
      'is revoked, tried at a time that has not come',
      { ...locked, ...tried('timeout', stale + 1, dayMs) },
      stale,
      true,
    ],
    [
      'is revoked, told at a time that has not come',
      { ...locked, clock: { offset: -dayMs, floor: 0 } },
      spokenAt,
      true,
    ],
    ['is revoked, just told, before the clock was set back', locked, spokenAt - dayMs, true],
    [
      'is revoked, told before the clock was set back, tried just now',
      { ...locked, ...tried('timeout', spokenAt - dayMs, hourMs) },
      spokenAt - dayMs,
      false,
    ],
    ['is locked out by the clock alone', clockSetBack, spokenAt, true],
    [
      'is locked out by the clock alone, tried just now',
      { ...clockSetBack, ...tried('timeout', spokenAt, dayMs) },
      spokenAt,
      true,
    ],
    ['is past its grace period', {}, spokenAt + 20 * dayMs, true],
    ['was given up', { licenseKey: null, entitlement: null, deactivatedAt: stale }, stale + dayMs, false],
    [
      'was given up, with another activation pending',
      {
        licenseKey: null,
        entitlement: null,
        deactivatedAt: stale,
        pending: { licenseKey: keyB, nonce: 'n', startedAt: stale },
      },
      stale + dayMs,
      true,
    ],
    [
      'is for a machine without a hub',
      { licenseKey: null, entitlement: entitlement({ basis: 'offline', leaseEndsAt: stale }) },
      stale + dayMs,
      false,
    ],
    ['lacks its proof', { entitlement: null }, stale, true],
    ['lacks its proof, tried just now', { entitlement: null, ...tried('timeout', stale, dayMs) }, stale, false],
    [
      'is not there, but an activation is pending',
      { ...emptyRecord, pending: { licenseKey: keyB, nonce: 'n', startedAt: 0 } },
      stale,
      true,
    ],
    ['is not there at all', { ...emptyRecord }, stale, false],
  ])('of a license that %s', (_what, changes, now, expected) => {
    expect(asks(changes, now)).toBe(expected)
  })

  it.each<[string, Partial<LicenseRecord>, number, boolean]>([
    ['just told', ended, spokenAt + 5 * minuteMs - 1, false],
    ['told five minutes ago', ended, spokenAt + 5 * minuteMs, true],
    [
      'while the back-off of a non-answer runs',
      { ...ended, ...tried('timeout', stale, hourMs) },
      stale + 5 * minuteMs,
      false,
    ],
    [
      'while the back-off of a refusal runs',
      { ...ended, ...tried('refused', stale, dayMs) },
      stale + 5 * minuteMs,
      true,
    ],
    ['refused just now', { ...ended, ...tried('refused', stale, dayMs) }, stale + 1, false],
  ])('of a license in the grace period after its end, %s', (_what, changes, now, expected) => {
    expect(asks(changes, now, 7 * dayMs)).toBe(expected)
  })
})
