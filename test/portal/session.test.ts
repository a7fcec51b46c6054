import { describe, expect, it } from 'vitest'
import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import { memoryTokenStore } from '../../src/adapters/memory-token-store.js'
import type { TokenStore } from '../../src/ports/token-store.js'
import { manualClock } from '../support/manual-clock.js'
import { account, jwt } from './documented-portal.js'
import {
  type AskedRequest,
  passwordAuth,
  portalUnderTest,
  type ScriptedReply,
  scriptedHub,
} from './portal-under-test.js'

const minute = 60_000
const usage = { total_licenses: 0, limit: 5, remaining: 5 }

interface LoginHubOptions {
  readonly lifetimeSeconds?: number
  /** Whether a refresh brings the next refresh token. */
  readonly rotates?: boolean
}

/** A hub with logins as FlavorTeam documents them, and refresh tokens that work once. */
function loginHub({ lifetimeSeconds = 1_800, rotates = true }: LoginHubOptions = {}) {
  let issued = 0
  const valid = { access: new Set<string>(), refresh: new Set<string>() }
  const override: { reply: ((request: AskedRequest) => ScriptedReply | undefined) | undefined } = { reply: undefined }

  function grant() {
    issued += 1
    const accessToken = jwt({ iat: 1_768_478_400, exp: 1_768_478_400 + lifetimeSeconds, jti: issued })
    valid.access.add(accessToken)
    const refreshToken = `r-${issued}`
    valid.refresh.add(refreshToken)
    return { access_token: accessToken, refresh_token: refreshToken }
  }

  const hub = scriptedHub((request) => {
    const overridden = override.reply?.(request)
    if (overridden !== undefined) return overridden
    const { target, headers, body } = request
    if (target === '/portal/auth/login') {
      const right = Object(body).password === passwordAuth.password
      return right
        ? { status: 200, body: { ...grant(), user: account } }
        : { status: 401, body: { detail: 'Incorrect email or password' } }
    }
    if (target === '/portal/auth/refresh') {
      const sent: string = Object(body).refresh_token
      if (!valid.refresh.has(sent)) return { status: 401, body: { detail: 'Invalid refresh token' } }
      if (rotates) valid.refresh.delete(sent)
      const { access_token, refresh_token } = grant()
      return { status: 200, body: rotates ? { access_token, refresh_token } : { access_token } }
    }
    const token = headers['authorization']?.replace('Bearer ', '') ?? ''
    return valid.access.has(token)
      ? { status: 200, body: usage }
      : { status: 401, body: { detail: 'Could not validate credentials' } }
  })
  return { hub, valid, override }
}

const login = 'POST /portal/auth/login'
const refresh = 'POST /portal/auth/refresh'
const ask = 'GET /portal/licenses/usage'

describe('a login', () => {
  it('is made when it is first needed, and once', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    expect(hub.lines()).toEqual([])
    await portal.licenses.usage()
    expect(await portal.licenses.usage()).toMatchObject({ outcome: 'found' })
    expect(hub.lines()).toEqual([login, ask, ask])
  })

  it('is made once by calls that come together', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await Promise.all(Array.from({ length: 8 }, () => portal.licenses.usage()))
    expect(hub.lines().filter((line) => line === login)).toHaveLength(1)
  })

  it.each([
    ['is not renewed 29 minutes after it began, short of a minute', 29 * minute - 1, [login, ask, ask]],
    ['is renewed a minute before its 30 minutes end', 29 * minute, [login, ask, refresh, ask]],
  ])('%s', async (_, passed, lines) => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await portal.licenses.usage()
    portal.clock.advance(passed)
    await portal.licenses.usage()
    expect(hub.lines()).toEqual(lines)
  })

  it('with a short life is renewed at half of it', async () => {
    const { hub } = loginHub({ lifetimeSeconds: 60 })
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await portal.licenses.usage()
    portal.clock.advance(29_999)
    await portal.licenses.usage()
    portal.clock.advance(1)
    await portal.licenses.usage()
    expect(hub.lines()).toEqual([login, ask, ask, refresh, ask])
  })

  it('is renewed once, by calls that come together', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await portal.licenses.usage()
    portal.clock.advance(30 * minute)
    await Promise.all(Array.from({ length: 8 }, () => portal.licenses.usage()))
    expect(hub.lines().filter((line) => line === refresh)).toHaveLength(1)
  })

  it('uses the newest refresh token, each time another', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    for (let time = 0; time < 4; time += 1) {
      expect(await portal.licenses.usage()).toMatchObject({ outcome: 'found' })
      portal.clock.advance(30 * minute)
    }
    const sent = hub.asked
      .filter(({ target }) => target.endsWith('/refresh'))
      .map(({ body }) => Object(body).refresh_token)
    expect(sent).toEqual(['r-1', 'r-2', 'r-3'])
  })

  it('keeps its refresh token where the hub does not rotate it', async () => {
    const { hub } = loginHub({ rotates: false })
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    for (let time = 0; time < 3; time += 1) {
      expect(await portal.licenses.usage()).toMatchObject({ outcome: 'found' })
      portal.clock.advance(30 * minute)
    }
    expect(hub.lines().filter((line) => line === login)).toHaveLength(1)
  })
})

describe('a token that the hub turns down', () => {
  it('is renewed, and the call made again, once', async () => {
    const { hub, valid } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await portal.licenses.usage()
    valid.access.clear()
    expect(await portal.licenses.usage()).toMatchObject({ outcome: 'found' })
    expect(hub.lines()).toEqual([login, ask, ask, refresh, ask])
  })

  it('is not renewed without end', async () => {
    const { hub, override } = loginHub()
    override.reply = ({ target }) => (target.includes('/auth/') ? undefined : { status: 401, body: { detail: 'No' } })
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    expect(await portal.licenses.usage()).toMatchObject({ outcome: 'refused', reason: 'login-over' })
    expect(hub.lines()).toEqual([login, ask, refresh, ask])
  })

  it('is followed by a login where the refresh is refused too', async () => {
    const { hub, valid } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await portal.licenses.usage()
    valid.access.clear()
    valid.refresh.clear()
    expect(await portal.licenses.usage()).toMatchObject({ outcome: 'found' })
    expect(hub.lines()).toEqual([login, ask, ask, refresh, login, ask])
  })

  it('of a creation creates nothing twice: whoever is turned down has done nothing', async () => {
    const { hub, valid } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await portal.licenses.usage()
    valid.access.clear()
    await portal.apiKeys.create('CI')
    expect(hub.lines().filter((line) => line === 'POST /portal/api-keys')).toHaveLength(2)
  })
})

describe('a login that cannot be had', () => {
  it('says which fields are wrong, and asks no second time with the same password', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: { ...passwordAuth, password: 'wrong horse' } }, { transport: hub })
    const expected = {
      outcome: 'refused',
      reason: 'invalid-credentials',
      fields: ['email', 'password'],
      message: expect.not.stringContaining('horse'),
    }
    expect(await portal.licenses.usage()).toEqual(expected)
    expect(await portal.licenses.usage()).toEqual(expected)
    expect(hub.lines()).toEqual([login])
  })

  it('says when to come back after too many logins, and stays silent until then', async () => {
    const { hub, override } = loginHub()
    override.reply = () => ({
      status: 429,
      body: { error: 'Rate limit exceeded: 5 per 1 minute' },
      headers: { 'retry-after': '120' },
    })
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    const retryAt = portal.clock.now() + 120_000
    const first = await portal.licenses.usage()
    expect(first).toMatchObject({ outcome: 'deferred', reason: 'rate-limited', retryAt })
    expect(first).toHaveProperty('message', expect.stringMatching(/too many logins.*Wait/))
    expect(await portal.licenses.usage()).toMatchObject({ outcome: 'deferred', reason: 'over-budget', retryAt })
    expect(hub.lines()).toEqual([login])
  })

  it('keeps the budget of five a minute by itself', async () => {
    const { hub } = loginHub()
    const clock = manualClock()
    const ledger = memoryLedgerStore()
    const outcomes = []
    for (let program = 0; program < 7; program += 1) {
      const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, ledger })
      outcomes.push((await portal.licenses.usage()).outcome)
    }
    expect(outcomes).toEqual(['found', 'found', 'found', 'found', 'found', 'deferred', 'deferred'])
  })

  it('is needed where neither credentials nor kept tokens are there', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({}, { transport: hub })
    expect(await portal.licenses.usage()).toMatchObject({ outcome: 'refused', reason: 'login-required' })
    expect(await portal.login()).toMatchObject({ outcome: 'refused', reason: 'login-required' })
    expect(hub.lines()).toEqual([])
  })

  it('is over for good where a refresh token is all there is', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: { refreshToken: 'stale' } }, { transport: hub })
    const expected = { outcome: 'refused', reason: 'login-over', message: expect.stringContaining('Log in again') }
    expect(await portal.licenses.usage()).toEqual(expected)
    expect(await portal.licenses.usage()).toEqual(expected)
    expect(hub.lines()).toEqual([refresh])
  })

  it('is put off, not given up, where the hub cannot be reached', async () => {
    const { hub, override } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await portal.licenses.usage()
    portal.clock.advance(30 * minute)
    override.reply = () => 'connection-refused'
    expect(await portal.licenses.usage()).toMatchObject({ outcome: 'deferred', reason: 'connection-refused' })
    override.reply = undefined
    expect(await portal.licenses.usage()).toMatchObject({ outcome: 'found' })
    expect(hub.lines().filter((line) => line === login)).toHaveLength(1)
  })
})

describe('a token store', () => {
  it('lets the next program go on with the login of the last', async () => {
    const { hub } = loginHub()
    const clock = manualClock()
    const tokens = memoryTokenStore()
    for (let program = 0; program < 12; program += 1) {
      const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens })
      expect(await portal.licenses.usage()).toMatchObject({ outcome: 'found' })
      await portal.close()
      clock.advance(10 * minute)
    }
    expect(hub.lines().filter((line) => line === login)).toHaveLength(1)
    expect(hub.lines().filter((line) => line === refresh)).toHaveLength(3)
  })

  it('lets a program without credentials use the login that it holds, and keeps whose it is', async () => {
    const { hub } = loginHub()
    const clock = manualClock()
    const tokens = memoryTokenStore()
    await portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens }).login()
    clock.advance(30 * minute)
    const guest = portalUnderTest({}, { transport: hub, clock, tokens })
    expect(await guest.login()).toEqual({ outcome: 'logged-in', account })
    expect(
      await portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens }).licenses.usage(),
    ).toMatchObject({ outcome: 'found' })
    expect(hub.lines()).toEqual([login, refresh, ask])
  })

  it('never lends the login of one account to another', async () => {
    const { hub } = loginHub()
    const clock = manualClock()
    const tokens = memoryTokenStore()
    await portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens }).login()
    const other = portalUnderTest(
      { auth: { ...passwordAuth, email: 'other@example.com' } },
      { transport: hub, clock, tokens },
    )
    await other.licenses.usage()
    expect(hub.lines()).toEqual([login, login, ask])
  })

  it('never lends the login at one hub to another', async () => {
    const { hub } = loginHub()
    const clock = manualClock()
    const tokens = memoryTokenStore()
    await portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens }).login()
    const elsewhere = portalUnderTest(
      { hub: { url: 'https://other.example/api/v1' } },
      { transport: hub, clock, tokens },
    )
    expect(await elsewhere.licenses.usage()).toMatchObject({ reason: 'login-required' })
  })

  it('takes up the tokens that another program has brought meanwhile', async () => {
    const { hub } = loginHub()
    const clock = manualClock()
    const tokens = memoryTokenStore()
    const one = portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens })
    const other = portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens })
    await one.licenses.usage()
    await other.licenses.usage()
    clock.advance(30 * minute)
    await one.licenses.usage()
    await other.licenses.usage()
    expect(hub.lines()).toEqual([login, ask, ask, refresh, ask, ask])
  })

  it('holds neither the password nor anything that the hub has refused', async () => {
    const { hub, valid } = loginHub()
    const kept = new Map<string, string>()
    const tokens: TokenStore = {
      ...memoryTokenStore(),
      load: async (name) => kept.get(name),
      save: async (name, text) => void kept.set(name, text),
      remove: async (name) => void kept.delete(name),
    }
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub, tokens })
    await portal.licenses.usage()
    expect([...kept.entries()].join()).not.toMatch(/horse/)
    expect([...kept.keys()].join()).not.toMatch(/shop|hub\.example/)

    const guest = portalUnderTest({}, { transport: hub, tokens, clock: portal.clock })
    await guest.licenses.usage()
    valid.access.clear()
    valid.refresh.clear()
    expect(await guest.licenses.usage()).toMatchObject({ reason: 'login-required' })
    expect(kept.size).toBe(0)
  })

  it.each([
    ['cannot be read', { load: () => Promise.reject(new Error('EACCES')) }],
    ['holds nonsense', { load: async () => 'nonsense' }],
    ['gives no turns', { takeTurn: () => Promise.reject(new Error('ENOSPC')) }],
  ])('that %s costs a login and no call', async (_, broken) => {
    const { hub } = loginHub()
    const portal = portalUnderTest(
      { auth: passwordAuth },
      { transport: hub, tokens: { ...memoryTokenStore(), ...broken } },
    )
    expect(await portal.licenses.usage()).toMatchObject({ outcome: 'found' })
    expect(hub.lines()).toEqual([login, ask])
  })

  it('that cannot be written is not asked again for tokens that are used up', async () => {
    const { hub, valid } = loginHub()
    const tokens = memoryTokenStore()
    const clock = manualClock()
    await portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens }).login()
    const readOnly: TokenStore = { ...tokens, save: () => Promise.reject(new Error('EROFS')) }
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens: readOnly })
    for (let time = 0; time < 3; time += 1) {
      clock.advance(30 * minute)
      expect(await portal.licenses.usage()).toMatchObject({ outcome: 'found' })
    }
    expect(hub.lines().filter((line) => line === login)).toHaveLength(1)
    expect(valid.refresh.size).toBe(1)
  })
})

describe('logging out', () => {
  it('forgets the login on this machine', async () => {
    const { hub } = loginHub()
    const tokens = memoryTokenStore()
    const clock = manualClock()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub, clock, tokens })
    await portal.login()
    expect(await portal.logout()).toEqual({ outcome: 'logged-out' })
    expect(await portalUnderTest({}, { transport: hub, clock, tokens }).licenses.usage()).toMatchObject({
      reason: 'login-required',
    })
  })
})

describe('a call', () => {
  it('ends when its signal aborts', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(portal.licenses.usage({ signal })).rejects.toMatchObject({ code: 'aborted' })
    expect(hub.lines()).toEqual([])
  })

  it('of a closed client is the mistake of its caller', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await portal.close()
    await expect(portal.licenses.usage()).rejects.toMatchObject({ code: 'closed' })
    await expect(portal.login()).rejects.toMatchObject({ code: 'closed' })
  })

  it('with a deadline that is none is the mistake of its caller', async () => {
    const { hub } = loginHub()
    const portal = portalUnderTest({ auth: passwordAuth }, { transport: hub })
    await expect(portal.licenses.usage({ deadlineMs: -1 })).rejects.toMatchObject({ code: 'invalid-option' })
  })
})
