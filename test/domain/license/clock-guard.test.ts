import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clockToleranceMs, raiseFloor, readClock, synchronizeClock } from '../../../src/domain/license/clock-guard.js'
import { dayMs, entitlement, hourMs, minuteMs, policy, spokenAt } from './sample-record.js'

describe('readClock', () => {
  const floor = spokenAt

  it.each([
    ['a clock that is right', 0, floor + hourMs, floor + hourMs, false],
    ['a clock that runs ahead of the hub', -2 * dayMs, floor + 2 * dayMs + 5, floor + 5, false],
    ['a clock that runs behind the hub', 3 * hourMs, floor - 3 * hourMs + 5, floor + 5, false],
    ['the floor itself', 0, floor, floor, false],
    ['a moment below the floor: judged at the floor, and nothing to complain of', 0, floor - 1, floor, false],
    ['five minutes below the floor', 0, floor - clockToleranceMs, floor, false],
    ['more than five minutes below the floor', 0, floor - clockToleranceMs - 1, floor, true],
    ['a year below the floor', 0, floor - 365 * dayMs, floor, true],
    ['a year below the floor that the offset makes up for', 365 * dayMs, floor - 365 * dayMs, floor, false],
  ])('reads %s', (_what, offset, now, time, behindFloor) => {
    expect(readClock({ offset, floor }, now)).toEqual({ time, behindFloor })
  })

  it('tolerates five minutes', () => {
    expect(clockToleranceMs).toBe(5 * minuteMs)
  })

  it('never reads an earlier time from a later clock', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), fc.integer(), fc.nat(), (offset, anyFloor, now, later) => {
        const clock = { offset, floor: anyFloor }
        expect(readClock(clock, now + later).time).toBeGreaterThanOrEqual(readClock(clock, now).time)
      }),
    )
  })
})

describe('synchronizeClock', () => {
  it('takes the offset and the floor from the answer, also downwards', () => {
    expect(synchronizeClock(1000, 1500)).toEqual({ offset: -500, floor: 1000 })
    expect(readClock(synchronizeClock(1000, 1500), 1600)).toEqual({ time: 1100, behindFloor: false })
  })
})

describe('raiseFloor', () => {
  const clock = { offset: 0, floor: spokenAt }
  const graceEnd = spokenAt + policy.verifyIntervalMs + policy.gracePeriodMs

  it('raises the floor to the present when it is at least an hour higher', () => {
    const now = spokenAt + hourMs
    expect(raiseFloor(clock, entitlement(), policy, now)).toEqual({ offset: 0, floor: now })
    expect(raiseFloor({ offset: 30, floor: spokenAt }, entitlement(), policy, now)).toEqual({
      offset: 30,
      floor: now + 30,
    })
  })

  it.each([
    ['less than an hour higher', spokenAt + hourMs - 1],
    ['as it was', spokenAt],
    ['set back', spokenAt - 30 * dayMs],
  ])('leaves the clock as it is, the same object, when the time is %s', (_what, now) => {
    expect(raiseFloor(clock, entitlement(), policy, now)).toBe(clock)
  })

  it('leaves the clock as it is where nothing is licensed', () => {
    expect(raiseFloor(clock, null, policy, spokenAt + dayMs)).toBe(clock)
  })

  it.each([
    ['the grace period', entitlement(), graceEnd],
    ['the lease', entitlement({ leaseEndsAt: spokenAt + 3 * dayMs }), spokenAt + 3 * dayMs],
    ['the grace period, where the lease is longer', entitlement({ leaseEndsAt: graceEnd + 9 * dayMs }), graceEnd],
    [
      'an offline license',
      entitlement({ basis: 'offline', leaseEndsAt: spokenAt + 400 * dayMs }),
      spokenAt + 400 * dayMs,
    ],
  ])('never raises the floor by more than a day beyond the end of %s', (_what, licensed, end) => {
    expect(raiseFloor(clock, licensed, policy, end + dayMs).floor).toBe(end + dayMs)
    expect(raiseFloor(clock, licensed, policy, end + 4000 * dayMs).floor).toBe(end + dayMs)
  })

  it('never lowers a floor that is above that bound', () => {
    const high = { offset: 0, floor: graceEnd + 9 * dayMs }
    expect(raiseFloor(high, entitlement(), policy, graceEnd + 20 * dayMs)).toBe(high)
  })
})
