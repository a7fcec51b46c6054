import { describe, expect, it } from 'vitest'
import { isListInterrupted, ListInterruptedError } from '../../../src/domain/portal/list-interrupted.js'
import { invalidInputMessage, loginNeededMessage, portalRefusalMessage } from '../../../src/domain/portal/refusal.js'

describe('a refusal of the portal', () => {
  it.each(Object.entries(portalRefusalMessage))('says what is wrong in whole sentences: %s', (_, message) => {
    expect(message).toMatch(/^[A-Z].*\.$/)
  })

  it('names the fields that are wrong, where it knows them', () => {
    expect(invalidInputMessage(['productId', 'tier'])).toBe(
      'The values of productId, tier are not valid. Correct them, then try again.',
    )
    expect(invalidInputMessage(['tier'])).toBe('The value of tier is not valid. Correct it, then try again.')
    expect(invalidInputMessage([])).toBe(portalRefusalMessage['invalid-input'])
  })

  it('names the login that it takes', () => {
    expect(loginNeededMessage('revoke licenses')).toBe(
      'An API key cannot be used to revoke licenses. Log in with an e-mail address and a password for that.',
    )
  })
})

describe('an interrupted list', () => {
  const outcome = { outcome: 'refused', reason: 'login-required', message: 'Nobody is logged in.' } as const

  it('says why', () => {
    const error = new ListInterruptedError(outcome)
    expect(error).toMatchObject({ name: 'ListInterruptedError', code: 'list-interrupted', message: outcome.message })
    expect(error.outcome).toBe(outcome)
  })

  it('is known by its brand, whichever copy of the package it comes from', () => {
    expect(isListInterrupted(new ListInterruptedError(outcome))).toBe(true)
    expect(isListInterrupted({ [Symbol.for('flavor-license.list-interrupted')]: true })).toBe(true)
    expect([isListInterrupted(new Error()), isListInterrupted(null), isListInterrupted('x')]).toEqual([
      false,
      false,
      false,
    ])
  })
})
