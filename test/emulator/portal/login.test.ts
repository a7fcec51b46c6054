import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import { accountTypes } from '../../../src/protocol/wire/portal/auth.js'
import { startsAt } from '../hub-under-test.js'
import { portalUnderTest } from './portal-under-test.js'

const minute = 60_000
const day = 86_400_000

describe('a login', () => {
  it.each(accountTypes.map((type) => [type]))('answers tokens and who it is: %s', async (type) => {
    const { login } = portalUnderTest()
    const { status, body } = await login(`${type}@flavor.example`, `${type}-password`)
    expect(status).toBe(200)
    expect(Object.keys(body)).toEqual(['access_token', 'refresh_token', 'user'])
    expect(body.user).toEqual({
      id: expect.any(Number),
      email: `${type}@flavor.example`,
      name: expect.stringContaining(' '),
      type,
    })
  })

  it('reads an address in any case', async () => {
    const { login } = portalUnderTest()
    expect((await login('Reseller@Flavor.Example', 'reseller-password')).status).toBe(200)
  })

  it.each([
    ['a wrong password', 'reseller@flavor.example', 'agency-password'],
    ['an unknown address', 'nobody@flavor.example', 'reseller-password'],
    ['no password', 'reseller@flavor.example', ''],
    ['no address', '', 'reseller-password'],
  ])('is refused with the same answer: %s', async (_, email, password) => {
    const { login } = portalUnderTest()
    const { status, body, headers } = await login(email, password)
    expect([status, body]).toEqual([401, { detail: 'Incorrect email or password', code: 'invalid_credentials' }])
    expect(headers.get('www-authenticate')).toBe('Bearer')
  })
})

describe('an access token', () => {
  it('is a JWT that lives 30 minutes', async () => {
    const { as, call, clock } = portalUnderTest()
    const { token } = await as('reseller')
    expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' })
    const { iat = 0, exp = 0 } = decodeJwt(token)
    expect([iat, exp - iat]).toEqual([startsAt / 1000, 1800])
    clock.advance(30 * minute - 1000)
    expect((await call('GET', '/licenses', { token })).status).toBe(200)
    clock.advance(1000)
    const { status, body, headers } = await call('GET', '/licenses', { token })
    expect([status, body]).toEqual([401, { detail: 'Could not validate credentials', code: 'not_authenticated' }])
    expect(headers.get('www-authenticate')).toBe('Bearer')
  })

  it('proves nothing when anything in it is changed', async () => {
    const { as, call } = portalUnderTest()
    const { token } = await as('reseller')
    const statuses = new Set<number>()
    for (const place of [...token].keys()) {
      // The last character of a part carries bits that are no part of the bytes.
      if (token[place] === '.' || token[place + 1] === '.' || place + 1 === token.length) continue
      const other = token[place] === 'A' ? 'B' : 'A'
      const altered = `${token.slice(0, place)}${other}${token.slice(place + 1)}`
      statuses.add((await call('GET', '/licenses', { token: altered })).status)
    }
    expect([...statuses]).toEqual([401])
  })

  const claims = { sub: '3', aud: 'flavor-hub-portal', iat: startsAt / 1000, exp: startsAt / 1000 + 1800 }
  it.each<[string, () => string | Promise<string>]>([
    ['unsigned (alg none)', () => new UnsecuredJWT(claims).encode()],
    [
      'signed by another secret',
      () => new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32)),
    ],
    ['no token at all', () => 'nonsense'],
  ])('is refused: %s', async (_, forge) => {
    const { call } = portalUnderTest()
    expect((await call('GET', '/licenses', { token: await forge() })).status).toBe(401)
  })

  it.each([
    ['no credentials', {}],
    ['another scheme', { authorization: 'Basic cmVzZWxsZXI=' }],
    ['nothing behind the scheme', { authorization: 'Bearer ' }],
  ])('is asked for: %s', async (_, headers) => {
    const { call } = portalUnderTest()
    expect((await call('GET', '/licenses', { headers: { ...headers } })).status).toBe(401)
  })
})

describe('a refresh token', () => {
  const refresh = (portal: ReturnType<typeof portalUnderTest>, refresh_token: string) =>
    portal.call('POST', '/auth/refresh', { body: { refresh_token } })
  const refused = { detail: 'Could not validate credentials', code: 'not_authenticated' }

  it('is exchanged for new tokens, once', async () => {
    const portal = portalUnderTest()
    const { body: first } = await portal.login('agency@flavor.example', 'agency-password')
    const { status, body: second } = await refresh(portal, first.refresh_token)
    expect([status, Object.keys(second)]).toEqual([200, ['access_token', 'refresh_token']])
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect((await portal.call('GET', '/licenses/usage', { token: second.access_token })).status).toBe(200)
    const again = await refresh(portal, first.refresh_token)
    expect([again.status, again.body]).toEqual([401, refused])
  })

  it('that is used twice ends the login: it is in two hands', async () => {
    const portal = portalUnderTest()
    const { body: first } = await portal.login('agency@flavor.example', 'agency-password')
    const { body: other } = await portal.login('agency@flavor.example', 'agency-password')
    const { body: second } = await refresh(portal, first.refresh_token)
    await refresh(portal, first.refresh_token)
    expect((await refresh(portal, second.refresh_token)).status).toBe(401)
    expect((await refresh(portal, other.refresh_token)).status).toBe(200)
  })

  it.each([
    ['nobody was given', async () => 'nonsense', 0],
    ['is an access token', async (portal: ReturnType<typeof portalUnderTest>) => (await portal.as('agency')).token, 0],
    [
      'is 30 days old',
      async (portal: ReturnType<typeof portalUnderTest>) =>
        (await portal.login('agency@flavor.example', 'agency-password')).body.refresh_token,
      30 * day,
    ],
  ])('is refused that %s', async (_, tokenOf, age) => {
    const portal = portalUnderTest()
    const token = await tokenOf(portal)
    portal.clock.advance(age)
    const { status, body } = await refresh(portal, token)
    expect([status, body]).toEqual([401, refused])
  })
})
