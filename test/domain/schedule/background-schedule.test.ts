import { describe, expect, it } from 'vitest'
import { parseLicenseKey } from '../../../src/domain/license/license-key.js'
import { type BackOff, type Entitlement, emptyRecord, type LicenseRecord } from '../../../src/domain/license/record.js'
import { defaultVerificationPolicy as policy } from '../../../src/domain/license/verification-policy.js'
import {
  type DrawLot,
  sleepBeforeTurn,
  updateCheckTime,
  verificationTime,
} from '../../../src/domain/schedule/background-schedule.js'

const minute = 60_000
const hour = 60 * minute
const said = Date.parse('2026-06-01T00:00:00Z')
const licenseKey = parseLicenseKey('FLVR-ABCD-EFGH-IJKL-MNOP') ?? null
const entitlement: Entitlement = {
  basis: 'hub',
  status: 'active',
  tier: 'starter',
  features: [],
  expiresAt: null,
  issuedAt: said,
  leaseEndsAt: null,
}
const record: LicenseRecord = {
  ...emptyRecord,
  licenseKey,
  entitlement,
  lastWordAt: said,
  clock: { offset: 0, floor: said },
}
const lot =
  (value: number): DrawLot =>
  () =>
    value
const backOff = (changes: Partial<BackOff>): BackOff => ({
  reason: 'timeout',
  failures: 1,
  attemptedAt: said,
  until: said + 5 * minute,
  ...changes,
})
const verifyAt = (changes: Partial<LicenseRecord>, { usable = true, draw = 0.5, now = said + minute } = {}) =>
  verificationTime({ ...record, ...changes }, usable, lot(draw), policy, now)

describe('the next verification in the background', () => {
  it('never comes where there is no key to ask with', () => {
    expect(verifyAt({ licenseKey: null })).toBe(Number.POSITIVE_INFINITY)
  })

  it('is due at once where an activation has not been answered, or nothing has been said yet', () => {
    const pending = licenseKey && { licenseKey, nonce: 'n', startedAt: said }
    expect(verifyAt({ licenseKey: null, entitlement: null, pending })).toBe(said + minute)
    expect(verifyAt({ entitlement: null })).toBe(said + minute)
  })

  it.each([0, 0.25, 0.5, 0.75, 0.999])('comes within the interval, whatever the lot (%d)', (draw) => {
    const due = verifyAt({}, { draw })
    expect(due).toBeGreaterThan(said)
    expect(due).toBeLessThanOrEqual(said + policy.verifyIntervalMs)
  })

  it('comes within half of a short lease, but not more often than every few minutes', () => {
    expect(verifyAt({ entitlement: { ...entitlement, leaseEndsAt: said + 2 * hour } })).toBeLessThanOrEqual(said + hour)
    expect(verifyAt({ entitlement: { ...entitlement, leaseEndsAt: said } })).toBeGreaterThan(said)
  })

  it("is on the machine's clock", () => {
    expect(verifyAt({ clock: { offset: hour, floor: said } })).toBe(verifyAt({}) - hour)
  })

  it('is due at once on a clock that was set back', () => {
    expect(verifyAt({ clock: { offset: 0, floor: said + hour } })).toBe(said + minute)
  })

  it('comes within the hour where the license does not work', () => {
    expect(verifyAt({ entitlement: { ...entitlement, status: 'revoked' } }, { usable: false })).toBeLessThanOrEqual(
      said + hour,
    )
  })

  it('is spread over the hour after the end of a license that ends for everybody at once', () => {
    const expiresAt = said + 6 * hour
    const ended = { entitlement: { ...entitlement, expiresAt } }
    const dues = [0.1, 0.9].map((draw) => verifyAt(ended, { usable: false, draw, now: expiresAt + 1 }))
    for (const due of dues) expect(due - expiresAt).toBeLessThanOrEqual(hour)
    expect(new Set(dues).size).toBe(2)
    expect(verifyAt(ended, { usable: false, now: expiresAt - hour })).toBeLessThanOrEqual(said + hour)
  })

  it('waits for the end of a refusal, and for a quarter of an hour at most beyond that of a non-answer', () => {
    const until = said + 20 * hour
    expect(verifyAt({ backOff: backOff({ reason: 'refused', until }) })).toBe(until)
    expect(verifyAt({ backOff: backOff({ until }) }, { draw: 0 })).toBe(until)
    expect(verifyAt({ backOff: backOff({ until }) }, { draw: 0.5 })).toBe(until + 7.5 * minute)
  })

  it('keeps the spread of a back-off that is over', () => {
    const stale = { entitlement: { ...entitlement, issuedAt: said - 20 * hour }, backOff: backOff({}) }
    expect(verifyAt(stale, { now: said + 6 * minute })).toBe(said + 12.5 * minute)
  })

  it('does not wait for a back-off from a time that has not come yet', () => {
    expect(verifyAt({ backOff: backOff({ attemptedAt: said + hour, until: said + 40 * hour }) })).toBe(verifyAt({}))
  })
})

describe('the next update check in the background', () => {
  const updatesAt = (changes: Partial<LicenseRecord>, draw = 0.5) =>
    updateCheckTime({ ...record, ...changes }, lot(draw), said + minute)

  it('never comes where there is no key to ask with', () => {
    expect(updatesAt({ licenseKey: null })).toBe(Number.POSITIVE_INFINITY)
  })

  it('is due at once where there was none, and within twelve hours after one', () => {
    expect(updatesAt({})).toBe(said + minute)
    expect(updatesAt({ updatesCheckedAt: said })).toBeGreaterThan(said)
    expect(updatesAt({ updatesCheckedAt: said })).toBeLessThanOrEqual(said + 12 * hour)
  })

  it('has a back-off of its own', () => {
    expect(updatesAt({ updatesBackOff: backOff({}) }, 0)).toBe(said + 5 * minute)
    expect(updatesAt({ backOff: backOff({}) }, 0)).toBe(said + minute)
  })
})

describe('the sleep before the next look at the plan', () => {
  it.each([
    ['until what is due next', 5 * minute, 5 * minute],
    ['ten minutes at most, so that a suspended machine is noticed', hour, 10 * minute],
    ['ten minutes at most, where nothing ever comes due', Number.POSITIVE_INFINITY, 10 * minute],
    ['a second at least, where something is due', 0, 1_000],
    ['a second at least, where something is overdue', -hour, 1_000],
  ])('lasts %s', (_length, due, expected) => {
    expect(sleepBeforeTurn(said + due, said)).toBe(expected)
  })
})
