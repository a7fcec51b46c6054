import { describe, expect, it } from 'vitest'
import { portalUnderTest } from './portal-under-test.js'

const account = { email: 'new@shop.example', password: 'eight-is-enough', name: 'New' }

describe('a registration', () => {
  it('makes a customer, who may log in', async () => {
    const { call, login } = portalUnderTest()
    const { status, body } = await call('POST', '/auth/register', { body: { ...account, email: 'New@Shop.example' } })
    expect([status, Object.keys(body)]).toEqual([201, ['message']])
    expect((await login(account.email, account.password)).body.user).toMatchObject({
      email: account.email,
      name: account.name,
      type: 'customer',
    })
  })

  it('answers the same for an address that has an account, and changes nothing', async () => {
    const { call, login } = portalUnderTest()
    const fresh = await call('POST', '/auth/register', { body: account })
    const taken = await call('POST', '/auth/register', { body: { ...account, email: 'agency@flavor.example' } })
    expect([taken.status, taken.body]).toEqual([fresh.status, fresh.body])
    expect((await login('agency@flavor.example', account.password)).status).toBe(401)
    expect((await login('agency@flavor.example', 'agency-password')).body.user.type).toBe('agency')
  })

  it.each([
    ['email', { ...account, email: 'nobody' }],
    ['password', { ...account, password: 'seven77' }],
    ['password', { ...account, password: 'x'.repeat(201) }],
    ['name', { ...account, name: '' }],
    ['name', { email: account.email, password: account.password }],
  ])('is 422 for a wrong %s', async (field, body) => {
    const { call } = portalUnderTest()
    const answer = await call('POST', '/auth/register', { body })
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, ['body', field]])
  })

  it('takes a password of eight characters', async () => {
    const { call } = portalUnderTest()
    expect((await call('POST', '/auth/register', { body: { ...account, password: 'eight888' } })).status).toBe(201)
  })
})

describe.each(['/auth/forgot-password', '/auth/resend-verification'])('%s', (path) => {
  it('answers the same for every address', async () => {
    const { call } = portalUnderTest()
    const known = await call('POST', path, { body: { email: 'agency@flavor.example' } })
    const unknown = await call('POST', path, { body: { email: 'nobody@flavor.example' } })
    expect([known.status, known.body]).toEqual([200, { message: expect.stringMatching(/^If /) }])
    expect([unknown.status, unknown.body]).toEqual([known.status, known.body])
  })

  it('is 422 for what is no address', async () => {
    const { call } = portalUnderTest()
    expect((await call('POST', path, { body: { email: 'nobody' } })).status).toBe(422)
  })
})
