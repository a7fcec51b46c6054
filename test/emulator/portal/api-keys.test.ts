import { describe, expect, it } from 'vitest'
import { portalRoutes } from '../../../src/protocol/portal-routes.js'
import { type PortalUnderTest, portalUnderTest } from './portal-under-test.js'

async function withKey(): Promise<{ readonly portal: PortalUnderTest; readonly apiKey: string; readonly id: number }> {
  const portal = portalUnderTest()
  const { body } = await (await portal.as('reseller')).post('/api-keys', { name: 'CI' })
  return { portal, apiKey: body.raw_key, id: body.id }
}

const paths = Object.entries(portalRoutes).map(([name, route]) => ({
  name,
  ...route,
  path: route.path.replace('/portal', '').replace('{id}', '999').replace('{domain}', 'mysite.com'),
}))

describe('an API key', () => {
  it('is fh_live_ and 40 hex digits, shown once, with the next 8 as its prefix', async () => {
    const { as } = portalUnderTest()
    const reseller = await as('reseller')
    const { status, body } = await reseller.post('/api-keys', { name: 'CI' })
    expect(status).toBe(201)
    expect(body).toEqual({
      id: expect.any(Number),
      name: 'CI',
      prefix: body.raw_key.slice(8, 16),
      created_at: '2026-01-15T12:00:00.000Z',
      raw_key: expect.stringMatching(/^fh_live_[0-9a-f]{40}$/),
    })
    const { raw_key, ...listed } = body
    expect((await reseller.get('/api-keys')).body).toEqual({ items: [listed], total: 1, page: 1, per_page: 25 })
  })

  it.each(['customer', 'developer'] as const)('is refused to a %s', async (type) => {
    const { as } = portalUnderTest()
    expect((await (await as(type)).post('/api-keys', { name: 'CI' })).status).toBe(403)
  })

  it('is one of at most ten that are active', async () => {
    const { as } = portalUnderTest()
    const agency = await as('agency')
    for (let count = 0; count < 10; count += 1) await agency.post('/api-keys', { name: `key ${count}` })
    const refused = await agency.post('/api-keys', { name: 'one more' })
    expect([refused.status, refused.body.code]).toEqual([400, 'api_key_limit_reached'])
    const { items } = (await agency.get('/api-keys')).body
    await agency.delete(`/api-keys/${items[3].id}`)
    expect((await agency.post('/api-keys', { name: 'one more' })).status).toBe(201)
  })

  it.each(paths.filter(({ apiKey }) => apiKey))('is taken by $method $path', async ({ method, path }) => {
    const { portal, apiKey } = await withKey()
    const body = method === 'POST' ? { body: { product_id: 1, quantity: 1, email: 'a@b.example', name: 'A' } } : {}
    expect([200, 201, 404]).toContain((await portal.call(method, path, { apiKey, ...body })).status)
  })

  it.each(
    paths.filter(
      ({ apiKey, name }) =>
        !apiKey && !['login', 'register', 'refresh', 'forgotPassword', 'resendVerification'].includes(name),
    ),
  )('is 401 at $method $path, which wants a login', async ({ method, path }) => {
    const { portal, apiKey } = await withKey()
    const { status, body } = await portal.call(method, path, { apiKey, ...(method === 'POST' ? { body: {} } : {}) })
    expect([status, body.code]).toEqual([401, 'not_authenticated'])
  })

  it('acts for the account that made it', async () => {
    const { portal, apiKey } = await withKey()
    const { body } = await portal.call('POST', '/licenses', { apiKey, body: { product_id: 1 } })
    expect((await (await portal.as('reseller')).get('/licenses')).body).toEqual([body])
  })

  it('that is revoked is refused from the next request on', async () => {
    const { portal, apiKey, id } = await withKey()
    const reseller = await portal.as('reseller')
    const revoked = await reseller.delete(`/api-keys/${id}`)
    expect([revoked.status, revoked.body]).toEqual([204, undefined])
    expect((await portal.call('GET', '/licenses', { apiKey })).status).toBe(401)
    expect((await reseller.get('/api-keys')).body.items).toEqual([])
  })

  it('of another account cannot be revoked', async () => {
    const { portal, id } = await withKey()
    const { status, body } = await (await portal.as('agency')).delete(`/api-keys/${id}`)
    expect([status, body.code]).toEqual([404, 'api_key_not_found'])
  })

  it.each([
    ['unknown', `fh_live_${'0'.repeat(40)}`],
    ['no key', 'fh_live_'],
    ['empty', ''],
  ])('is refused that is %s', async (_, apiKey) => {
    const { call } = portalUnderTest()
    expect((await call('GET', '/licenses', { apiKey })).status).toBe(401)
  })
})
