import { describe, expect, it } from 'vitest'
import { decodePortalTokens, encodePortalTokens } from '../../../src/protocol/portal-token-file.js'
import { account } from '../../portal/documented-portal.js'

const tokens = { accessToken: 'a', refreshToken: 'r', renewAt: 5, account, subject: 's' }

describe('kept tokens', () => {
  it.each([[tokens], [{ ...tokens, account: null }]])('are read as they were written', (value) => {
    expect(decodePortalTokens(encodePortalTokens(value))).toEqual(value)
  })

  it.each([
    ['text that is no JSON', '{"accessToken":'],
    ['nothing', ''],
    ['another shape', '[]'],
    ['a missing token', JSON.stringify({ ...tokens, accessToken: undefined })],
    ['a time that is none', JSON.stringify({ ...tokens, renewAt: 'soon' })],
    ['an unknown kind of account', JSON.stringify({ ...tokens, account: { ...account, type: 'owner' } })],
  ])('are not read from %s', (_, text) => {
    expect(decodePortalTokens(text)).toBeUndefined()
  })
})
