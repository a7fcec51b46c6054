import { describe, expect, it } from 'vitest'
import { portalUnderTest } from './portal-under-test.js'

const login = ['/auth/login', { email: 'nobody@flavor.example', password: 'wrong-password' }] as const
const register = ['/auth/register', { email: 'new@shop.example', password: 'a-good-password', name: 'New' }] as const
const forgot = ['/auth/forgot-password', { email: 'nobody@flavor.example' }] as const
const resend = ['/auth/resend-verification', { email: 'nobody@flavor.example' }] as const
const refresh = ['/auth/refresh', { refresh_token: 'nonsense' }] as const

describe('the budget of', () => {
  it.each([
    ['login', 5, [login, register]],
    ['password', 3, [forgot, resend]],
    ['refresh', 10, [refresh]],
  ] as const)('%s is %i requests a minute, shared and counted by address', async (_, limit, endpoints) => {
    const { call, clock } = portalUnderTest({ rateLimit: {} })
    const ask = async (count: number, remoteAddress = '198.51.100.1') => {
      const [path, body] = endpoints[count % endpoints.length] ?? login
      return call('POST', path, { body, remoteAddress })
    }
    for (let count = 0; count < limit; count += 1) expect((await ask(count)).status).not.toBe(429)
    for (const count of endpoints.keys()) {
      const { status, body } = await ask(count)
      expect([status, body]).toEqual([429, { error: `Rate limit exceeded: ${limit} per 1 minute` }])
    }
    expect((await ask(0, '198.51.100.2')).status).not.toBe(429)
    clock.advance(60_000)
    expect((await ask(0)).status).not.toBe(429)
  })

  it('login is not touched by a request that is wrong in itself', async () => {
    const { call, login: logIn } = portalUnderTest({ rateLimit: {} })
    for (let count = 0; count < 6; count += 1) {
      expect((await call('POST', '/auth/login', { body: { email: 1 } })).status).toBe(422)
    }
    expect((await logIn('agency@flavor.example', 'agency-password')).status).toBe(200)
  })

  it('nothing limits the rest of the portal', async () => {
    const { as } = portalUnderTest({ rateLimit: {} })
    const agency = await as('agency')
    for (let count = 0; count < 120; count += 1) expect((await agency.get('/licenses/usage')).status).toBe(200)
  })

  it('follows the options: other limits, other paths and other budgets', async () => {
    const { call } = portalUnderTest({
      rateLimit: { limits: { login: 1 } },
      portalRoutes: {
        forgotPassword: { method: 'POST', path: '/portal/auth/lost', category: 'login', apiKey: false },
      },
    })
    expect((await call('POST', '/auth/lost', { body: forgot[1] })).status).toBe(200)
    expect((await call('POST', '/auth/lost', { body: forgot[1] })).status).toBe(429)
    expect((await call('POST', '/auth/forgot-password', { body: forgot[1] })).status).toBe(404)
  })
})
