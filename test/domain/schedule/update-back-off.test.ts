import { describe, expect, it } from 'vitest'
import { emptyRecord } from '../../../src/domain/license/record.js'
import { activate, noteUpdateCheck, postponeUpdateCheck } from '../../../src/domain/license/transition.js'
import { hubWord, keyA, keyB, record, spokenAt } from '../license/sample-record.js'

describe('the back-off of update checks', () => {
  const setback = { reason: 'timeout', retryAt: 0 } as const

  it('ends with the activation of another key: it was about the key before', () => {
    const held = postponeUpdateCheck(record({ licenseKey: keyA }), { reason: 'refused', retryAt: 0 }, 1_000, 0.5)
    expect(held.updatesBackOff).not.toBeNull()
    expect(activate(held, keyB, hubWord(spokenAt)).updatesBackOff).toBeNull()
  })

  it('grows by itself, apart from that of verifications, and ends with an answer', () => {
    const once = postponeUpdateCheck(emptyRecord, setback, 1_000, 0.5)
    const twice = postponeUpdateCheck(once, setback, 2_000, 0.5)
    expect([once.updatesBackOff?.failures, twice.updatesBackOff?.failures]).toEqual([1, 2])
    expect(twice.backOff).toBeNull()
    expect(noteUpdateCheck(twice, 3_000)).toMatchObject({ updatesBackOff: null, updatesCheckedAt: 3_000 })
  })
})
