import { describe, expect, it } from 'vitest'
import { staleTime, trustEnd } from '../../../src/domain/license/trust-period.js'
import { defaultVerificationPolicy } from '../../../src/domain/license/verification-policy.js'
import { dayMs, entitlement, hourMs, policy, spokenAt } from './sample-record.js'

const atDay = (days: number): number => spokenAt + days * dayMs

describe('how long the word of the hub counts', () => {
  it.each([
    ['without a lease', {}, atDay(0.5), atDay(14.5)],
    ['with a lease that ends in the grace period', { leaseEndsAt: atDay(7) }, atDay(0.5), atDay(7)],
    ['with a lease that ends before the word grows stale', { leaseEndsAt: atDay(0.25) }, atDay(0.5), atDay(0.25)],
    ['with a lease beyond the grace period', { leaseEndsAt: atDay(30) }, atDay(0.5), atDay(14.5)],
    ['as an offline license', { basis: 'offline', leaseEndsAt: atDay(400) }, atDay(400), atDay(400)],
    ['as an offline license without an end', { basis: 'offline' }, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ] as const)('%s', (_what, changes, stale, end) => {
    expect(staleTime(entitlement(changes), policy)).toBe(stale)
    expect(trustEnd(entitlement(changes), policy)).toBe(end)
  })

  it('is by default 12 hours, and 14 days of grace, and none after the license has expired', () => {
    expect(defaultVerificationPolicy).toEqual({
      verifyIntervalMs: 12 * hourMs,
      gracePeriodMs: 14 * dayMs,
      expiryGraceMs: 0,
    })
  })
})
