import { describe, expect, it } from 'vitest'
import { emptyRecord } from '../../src/domain/record.js'
import { noteUpdateCheck, postponeUpdateCheck } from '../../src/domain/transition.js'

describe('the back-off of update checks', () => {
  const setback = { reason: 'timeout', retryAt: 0 } as const

  it('grows by itself, apart from that of verifications, and ends with an answer', () => {
    const once = postponeUpdateCheck(emptyRecord, setback, 1_000, 0.5)
    const twice = postponeUpdateCheck(once, setback, 2_000, 0.5)
    expect([once.updatesBackOff?.failures, twice.updatesBackOff?.failures]).toEqual([1, 2])
    expect(twice.backOff).toBeNull()
    expect(noteUpdateCheck(twice, 3_000)).toMatchObject({ updatesBackOff: null, updatesCheckedAt: 3_000 })
  })
})
