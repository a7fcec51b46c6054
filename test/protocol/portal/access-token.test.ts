import { describe, expect, it } from 'vitest'
import { accessTokenExpiry } from '../../../src/protocol/access-token.js'
import { jwt } from '../../portal/documented-portal.js'

const receivedAt = Date.parse('2026-01-15T12:00:00Z')
const seconds = receivedAt / 1000
const halfAnHour = 30 * 60_000

describe('the end of an access token', () => {
  it.each([
    ['counts from its arrival where it says when it was issued', jwt({ iat: seconds, exp: seconds + 600 }), 600_000],
    [
      'does not depend on the clock of this machine',
      jwt({ iat: seconds - 86_400, exp: seconds - 86_400 + 600 }),
      600_000,
    ],
    ['may have a fraction', jwt({ iat: seconds, exp: seconds + 0.5 }), 500],
    ['is exp where it does not say when it was issued', jwt({ exp: seconds + 90 }), 90_000],
    ['is the documented one where exp has passed on arrival', jwt({ exp: seconds - 90 }), halfAnHour],
    ['is the documented one where it would end before it begins', jwt({ iat: seconds, exp: seconds - 90 }), halfAnHour],
    ['is the documented one without exp', jwt({}), halfAnHour],
    ['is the documented one where exp is no number', jwt({ exp: '1800000000' }), halfAnHour],
    ['is the documented one for a token that is no JWT', 'opaque', halfAnHour],
    [
      'is the documented one for too few parts',
      jwt({ exp: seconds + 90 })
        .split('.')
        .slice(0, 2)
        .join('.'),
      halfAnHour,
    ],
    ['is the documented one for too many parts', `${jwt({ exp: seconds + 90 })}.x`, halfAnHour],
    ['is the documented one for a payload that is no JSON', 'a.bm90IGpzb24.c', halfAnHour],
    ['is the documented one for a payload that is no base64url', 'a.@@@.c', halfAnHour],
  ])('%s', (_, token, lifetimeMs) => {
    expect(accessTokenExpiry(token, receivedAt) - receivedAt).toBe(lifetimeMs)
  })
})
