import { describe, expect, it } from 'vitest'
import { createdLicense, portalUnderTest } from './portal-under-test.js'

const shop = { email: 'Owner@Shop.example', name: 'Shop' }

describe('a client', () => {
  it.each(['reseller', 'agency'] as const)(
    'is made by a %s, and listed with the number of its licenses',
    async (type) => {
      const { as } = portalUnderTest()
      const caller = await as(type)
      const { status, body } = await caller.post('/clients', { ...shop, company: 'Shop Ltd' })
      const client = { id: expect.any(Number), email: 'owner@shop.example', name: 'Shop', company: 'Shop Ltd' }
      expect([status, body]).toEqual([201, { ...client, license_count: 0 }])
      await createdLicense(caller, { customer_id: body.id })
      await createdLicense(caller)
      expect((await caller.get('/clients')).body).toEqual([{ ...client, license_count: 1 }])
      const licenses = (await caller.get(`/clients/${body.id}/licenses`)).body
      expect(licenses).toEqual([expect.objectContaining({ customer_id: body.id })])
      expect((await caller.get(`/clients/${body.id}/licenses?status=revoked`)).body).toEqual([])
    },
  )

  it('has no company unless it is named', async () => {
    const { as } = portalUnderTest()
    expect((await (await as('agency')).post('/clients', shop)).body.company).toBeNull()
  })

  it.each(['customer', 'developer'] as const)('is refused to a %s', async (type) => {
    const { as, call } = portalUnderTest()
    const { token } = await as(type)
    for (const [method, path] of [
      ['POST', '/clients'],
      ['GET', '/clients'],
      ['DELETE', '/clients/1'],
      ['GET', '/clients/1/licenses'],
    ] as const) {
      const { status, body } = await call(method, path, { token, ...(method === 'POST' ? { body: shop } : {}) })
      expect([status, body]).toEqual([403, { detail: 'Not enough permissions', code: 'permission_denied' }])
    }
  })

  it('has an address that no other client of the account has', async () => {
    const { as } = portalUnderTest()
    const reseller = await as('reseller')
    await reseller.post('/clients', shop)
    const { status, body } = await reseller.post('/clients', { ...shop, email: 'owner@shop.example' })
    expect([status, body]).toEqual([400, { detail: 'A client with this email already exists', code: 'email_exists' }])
    expect((await (await as('agency')).post('/clients', shop)).status).toBe(201)
  })

  it('that is deleted has all its licenses revoked, and no others', async () => {
    const { as, postJson } = portalUnderTest()
    const agency = await as('agency')
    const { body: client } = await agency.post('/clients', shop)
    const its = await agency.post('/licenses/bulk', { product_id: 1, quantity: 3, customer_id: client.id })
    const other = await createdLicense(agency)
    const answer = await agency.delete(`/clients/${client.id}`)
    expect([answer.status, answer.body]).toEqual([204, undefined])
    for (const { license_key } of its.body.items) {
      expect((await postJson('/license/verify', { license_key })).body.status).toBe('revoked')
    }
    expect((await postJson('/license/verify', { license_key: other.license_key })).body.status).toBe('inactive')
    expect((await agency.get('/clients')).body).toEqual([])
    expect((await agency.get(`/clients/${client.id}/licenses`)).body.code).toBe('client_not_found')
    expect((await agency.post('/clients', shop)).status).toBe(201)
  })

  it('of another account is not there', async () => {
    const { as, call } = portalUnderTest()
    const { body: client } = await (await as('reseller')).post('/clients', shop)
    const { token } = await as('agency')
    for (const [method, path] of [
      ['DELETE', `/clients/${client.id}`],
      ['GET', `/clients/${client.id}/licenses`],
    ] as const) {
      const { status, body } = await call(method, path, { token })
      expect([status, body]).toEqual([404, { detail: 'Client not found', code: 'client_not_found' }])
    }
  })

  it.each([
    ['email', { ...shop, email: 'nobody' }],
    ['name', { email: shop.email }],
    ['company', { ...shop, company: '' }],
  ])('is 422 for a wrong %s', async (field, body) => {
    const { as } = portalUnderTest()
    const answer = await (await as('agency')).post('/clients', body)
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, ['body', field]])
  })
})
