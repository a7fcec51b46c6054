import { describe, expect, it } from 'vitest'
import { defaultSeed, type EmulatorOptions, parseSeed, type SeedAccount } from '../../../src/emulator/index.js'
import type { AccountType } from '../../../src/protocol/wire/portal/auth.js'
import type { WirePortalLicense } from '../../../src/protocol/wire/portal/license.js'
import { keys, startsAt } from '../hub-under-test.js'
import { createdLicense, portalUnderTest } from './portal-under-test.js'

const aYearLater = '2027-01-15T12:00:00.000Z'

function seedWith(account: Partial<SeedAccount>): EmulatorOptions {
  const seed = defaultSeed()
  const accounts = (seed.accounts ?? []).map((present) =>
    present.email === account.email ? { ...present, ...account } : present,
  )
  return { seed: parseSeed({ ...seed, accounts }) }
}

describe('creating a license', () => {
  it.each<[AccountType, string]>([
    ['developer', 'individual'],
    ['reseller', 'bulk_pack'],
    ['agency', 'bulk_pack'],
  ])('gives a %s an active starter license for a year, as %s', async (type, source) => {
    const { as } = portalUnderTest()
    const { status, body } = await (await as(type)).post('/licenses', { product_id: 1 })
    expect([status, body]).toEqual([
      201,
      {
        id: expect.any(Number),
        license_key: expect.stringMatching(/^FLVR(-[A-Z0-9]{4}){4}$/),
        product: { id: 1, name: 'Flavor Starter', slug: 'flavor-starter' },
        tier: 'starter',
        status: 'active',
        source,
        expires_at: aYearLater,
        activations: [],
        customer_id: null,
        created_at: '2026-01-15T12:00:00.000Z',
      },
    ])
  })

  it('takes a tier and an end, also none', async () => {
    const { as } = portalUnderTest()
    const developer = await as('developer')
    const order = { tier: 'business', expires_at: '2040-02-29T00:00:00+01:00' }
    expect(await createdLicense(developer, order)).toMatchObject({
      tier: 'business',
      expires_at: '2040-02-28T23:00:00.000Z',
    })
    expect(await createdLicense(developer, { expires_at: null })).toMatchObject({ expires_at: null })
  })

  it('includes the features of the tier', async () => {
    const { as, emulator } = portalUnderTest()
    const { license_key } = await createdLicense(await as('agency'), { tier: 'business' })
    const license = emulator.licenses().find(({ key }) => key === license_key)
    expect(license?.features).toEqual(['checkout', 'courier-tracking', 'erp'])
  })

  it.each([
    ['a customer', 'customer', { product_id: 1 }, 403, 'permission_denied'],
    ['a product that is not there', 'developer', { product_id: 99 }, 404, 'product_not_found'],
    [
      'an end in the past',
      'developer',
      { product_id: 1, expires_at: '2026-01-15T12:00:00Z' },
      400,
      'expires_at_out_of_range',
    ],
    ['a client without having any', 'developer', { product_id: 1, customer_id: 1 }, 403, 'permission_denied'],
    ['a client that is not there', 'agency', { product_id: 1, customer_id: 99 }, 404, 'client_not_found'],
  ] as const)('is refused to %s', async (_, type, order, status, code) => {
    const { as, emulator } = portalUnderTest()
    const before = emulator.licenses()
    const answer = await (await as(type)).post('/licenses', order)
    expect([answer.status, answer.body.code]).toEqual([status, code])
    expect(emulator.licenses()).toEqual(before)
  })

  it.each([
    [{}, ['product_id']],
    [{ product_id: 'one' }, ['product_id']],
    [{ product_id: 1, tier: 'Big Tier' }, ['tier']],
    [{ product_id: 1, expires_at: '2030-01-01' }, ['expires_at']],
    [{ product_id: -1, customer_id: 1.5 }, ['product_id', 'customer_id']],
  ])('names every wrong field of %j', async (order, fields) => {
    const { as } = portalUnderTest()
    const { status, body } = await (await as('agency')).post('/licenses', order)
    expect([status, body.detail.map(({ loc }: { loc: string[] }) => loc[1])]).toEqual([422, fields])
  })
})

describe("a client's license", () => {
  const second = (ms: number) => new Date(Date.parse(aYearLater) + ms).toISOString()
  it.each([
    ['a year without being asked', undefined, 201],
    ['exactly a year', aYearLater, 201],
    ['a second more than a year', second(1000), 400],
    ['for ever', null, 400],
  ])('lasts a year at most: %s', async (_, expires_at, status) => {
    const { as } = portalUnderTest()
    const agency = await as('agency')
    const { body: client } = await agency.post('/clients', { email: 'shop@client.example', name: 'Shop' })
    const order = { product_id: 1, customer_id: client.id, ...(expires_at === undefined ? {} : { expires_at }) }
    const answer = await agency.post('/licenses', order)
    expect(answer.status).toBe(status)
    if (status === 201) expect(answer.body).toMatchObject({ customer_id: client.id, expires_at: aYearLater })
    else expect(answer.body.code).toBe('expires_at_out_of_range')
  })
})

describe('the limit of a developer', () => {
  it('is five licenses, and deleting one makes room', async () => {
    const { as } = portalUnderTest()
    const developer = await as('developer')
    const licenses: WirePortalLicense[] = []
    for (let count = 0; count < 5; count += 1) licenses.push(await createdLicense(developer))
    const refused = await developer.post('/licenses', { product_id: 1 })
    expect([refused.status, refused.body.code]).toEqual([403, 'license_limit_reached'])
    expect((await developer.get('/licenses/usage')).body).toEqual({ total_licenses: 5, limit: 5, remaining: 0 })
    await developer.delete(`/licenses/${licenses[0]?.id}`)
    expect((await developer.post('/licenses', { product_id: 1 })).status).toBe(201)
  })

  it('holds for many at once: all of them, or none', async () => {
    const { as } = portalUnderTest()
    const developer = await as('developer')
    expect((await developer.post('/licenses/bulk', { product_id: 1, quantity: 6 })).status).toBe(403)
    expect((await developer.get('/licenses')).body).toEqual([])
    expect((await developer.post('/licenses/bulk', { product_id: 1, quantity: 5 })).status).toBe(201)
  })

  it('does not count NFR licenses', async () => {
    const { as, emulator } = portalUnderTest()
    const developer = await as('developer')
    await developer.post('/licenses/bulk', { product_id: 1, quantity: 5 })
    const [{ license_key }] = (await developer.get('/licenses')).body
    emulator.setLicense(license_key, { source: 'nfr' })
    expect((await developer.get('/licenses/usage')).body).toEqual({ total_licenses: 4, limit: 5, remaining: 1 })
    expect((await developer.post('/licenses', { product_id: 1 })).status).toBe(201)
  })

  it.each<[AccountType, number, number]>([
    ['customer', 1, 0],
    ['reseller', 0, -1],
    ['agency', 1, -1],
  ])('is no limit of a %s', async (type, total, limit) => {
    const { as } = portalUnderTest()
    const { body } = await (await as(type)).get('/licenses/usage')
    expect(body).toEqual({ total_licenses: total, limit, remaining: limit })
  })
})

describe('creating many licenses', () => {
  it.each([
    [1, 201],
    [100, 201],
    [0, 422],
    [101, 422],
    [1.5, 422],
    ['ten', 422],
  ])('takes from 1 to 100 at a time: %s', async (quantity, status) => {
    const { as } = portalUnderTest()
    const answer = await (await as('reseller')).post('/licenses/bulk', { product_id: 1, quantity })
    expect(answer.status).toBe(status)
    if (status === 422) return
    const licenses: WirePortalLicense[] = answer.body.items
    expect(new Set(licenses.map(({ license_key }) => license_key)).size).toBe(quantity)
    expect(new Set(licenses.map(({ id }) => id)).size).toBe(quantity)
  })
})

describe('packs', () => {
  const reseller = 'reseller@flavor.example'
  const packs = [
    { size: 3, bundle: 'new', bought_days_ago: 1 },
    { size: 2, bundle: 'old', used: 1, bought_days_ago: 100 },
  ]

  it('are used up from the oldest on', async () => {
    const { as } = portalUnderTest(seedWith({ email: reseller, packs }))
    const caller = await as('reseller')
    const used = async () =>
      (await caller.get('/licenses/pack-credits')).body.packs.map((pack: { used: number }) => pack.used)
    expect((await caller.get('/licenses/pack-credits')).body).toEqual({
      total_credits: 4,
      packs: [
        { pack_id: expect.any(Number), pack_size: 2, bundle: 'old', used: 1, remaining: 1, status: 'active' },
        { pack_id: expect.any(Number), pack_size: 3, bundle: 'new', used: 0, remaining: 3, status: 'active' },
      ],
    })
    await createdLicense(caller)
    expect(await used()).toEqual([2, 0])
    await createdLicense(caller)
    expect(await used()).toEqual([2, 1])
    expect((await caller.get('/licenses/pack-credits')).body.packs[0]).toMatchObject({
      remaining: 0,
      status: 'exhausted',
    })
  })

  it('are all that a reseller has, and an order that they do not cover takes nothing', async () => {
    const { as } = portalUnderTest(seedWith({ email: reseller, packs }))
    const caller = await as('reseller')
    const refused = await caller.post('/licenses/bulk', { product_id: 1, quantity: 5 })
    expect([refused.status, refused.body.code]).toEqual([403, 'insufficient_credits'])
    expect((await caller.get('/licenses/pack-credits')).body.total_credits).toBe(4)
    expect((await caller.post('/licenses/bulk', { product_id: 1, quantity: 4 })).status).toBe(201)
    expect((await caller.get('/licenses/pack-credits')).body.total_credits).toBe(0)
  })

  it('come before the commitment of an agency', async () => {
    const { as } = portalUnderTest(seedWith({ email: 'agency@flavor.example', packs }))
    const { body } = await (await as('agency')).post('/licenses/bulk', { product_id: 1, quantity: 6 })
    const sources = body.items.map(({ source }: WirePortalLicense) => source)
    expect(sources).toEqual([...Array(4).fill('bulk_pack'), ...Array(2).fill('commitment')])
  })
})

describe('one store for both halves', () => {
  it('lets a product activate what the portal created, and shows the portal where', async () => {
    const { as, postJson } = portalUnderTest()
    const reseller = await as('reseller')
    const { license_key } = await createdLicense(reseller)
    const { status, body } = await postJson('/license/activate', { license_key })
    expect([status, body.status]).toEqual([200, 'active'])
    const [listed] = (await reseller.get('/licenses')).body
    expect(listed.activations).toEqual([{ domain: 'mysite.com', activated_at: '2026-01-15T12:00:00.000Z' }])
  })

  it('says revoked to the product at its next check, and active again after a reactivation', async () => {
    const { as, postJson } = portalUnderTest()
    const reseller = await as('reseller')
    const { id, license_key } = await createdLicense(reseller)
    await postJson('/license/activate', { license_key })
    for (const [action, seen] of [
      ['revoke', 'revoked'],
      ['revoke', 'revoked'],
      ['reactivate', 'active'],
    ] as const) {
      const { status, body } = await reseller.post(`/licenses/${id}/${action}`)
      expect([status, body.status]).toEqual([200, seen])
      expect((await postJson('/license/verify', { license_key })).body.status).toBe(seen)
    }
  })

  it('frees the slot of a domain that the portal deactivates', async () => {
    const { as, postJson } = portalUnderTest()
    const reseller = await as('reseller')
    const { id, license_key } = await createdLicense(reseller)
    await postJson('/license/activate', { license_key })
    expect((await postJson('/license/activate', { license_key, domain: 'other.com' })).status).toBe(403)
    expect((await reseller.delete(`/licenses/${id}/activations/mysite.com`)).status).toBe(204)
    expect((await postJson('/license/activate', { license_key, domain: 'other.com' })).status).toBe(200)
    const again = await reseller.delete(`/licenses/${id}/activations/mysite.com`)
    expect([again.status, again.body.code]).toEqual([404, 'activation_not_found'])
  })

  it('does not know a license any more that the portal deleted', async () => {
    const { as, postJson } = portalUnderTest()
    const reseller = await as('reseller')
    const { id, license_key } = await createdLicense(reseller)
    const deleted = await reseller.delete(`/licenses/${id}`)
    expect([deleted.status, deleted.body]).toEqual([204, undefined])
    expect((await postJson('/license/verify', { license_key })).body.code).toBe('license_not_found')
    expect((await createdLicense(reseller)).id).toBeGreaterThan(id)
  })
})

describe('a license of another account', () => {
  it.each([
    ['POST', '/revoke'],
    ['POST', '/reactivate'],
    ['DELETE', ''],
    ['DELETE', '/activations/mysite.com'],
  ] as const)('is not there: %s …%s', async (method, path) => {
    const { as, call } = portalUnderTest()
    const { id } = await createdLicense(await as('reseller'))
    const { token } = await as('agency')
    const { status, body } = await call(method, `/licenses/${id}${path}`, { token })
    expect([status, body]).toEqual([404, { detail: 'License not found', code: 'license_not_found' }])
  })
})

describe('the list of licenses', () => {
  const listed = async (query: string) => {
    const { as, postJson, emulator, clock } = portalUnderTest()
    const agency = await as('agency')
    const revoked = await createdLicense(agency, { tier: 'business' })
    await agency.post(`/licenses/${revoked.id}/revoke`)
    const ends = await createdLicense(agency, { product_id: 2, expires_at: new Date(startsAt + 60_000).toISOString() })
    await postJson('/license/activate', {
      license_key: ends.license_key,
      product_slug: 'flavor-bakery',
      domain: 'bread.com',
    })
    emulator.setLicense(revoked.license_key, { source: 'nfr' })
    clock.advance(60_000)
    const { status, body } = await agency.get(`/licenses${query}`)
    const names = new Map([
      [keys.agency, 'seeded'],
      [revoked.license_key, 'revoked'],
      [ends.license_key, 'expired'],
    ])
    return {
      status,
      names: status === 200 ? body.map((license: WirePortalLicense) => names.get(license.license_key)) : body,
    }
  }

  it.each([
    ['', ['seeded', 'revoked', 'expired']],
    ['?status=active', ['seeded']],
    ['?status=revoked', ['revoked']],
    ['?status=expired', ['expired']],
    ['?source=nfr', ['revoked']],
    ['?source=bulk_pack', ['seeded', 'expired']],
    ['?source=bulk_pack&status=expired', ['expired']],
    ['?search=BREAD', ['expired']],
    ['?search=bakery', ['expired']],
    ['?search=cy00', ['seeded']],
    ['?search=business', ['revoked']],
    ['?search=nothing', []],
    ['?page=2&per_page=1', ['seeded', 'revoked', 'expired']],
    ['?unknown=1', ['seeded', 'revoked', 'expired']],
  ])('is of the account alone, and filtered by %s', async (query, names) => {
    expect(await listed(query)).toEqual({ status: 200, names })
  })

  it.each([
    ['?status=inactive', 'status', 'enum'],
    ['?source=gift', 'source', 'enum'],
    ['?page=0', 'page', 'greater_than_equal'],
    ['?page=x', 'page', 'int_parsing'],
    ['?per_page=101', 'per_page', 'less_than_equal'],
  ])('names what is wrong in %s', async (query, field, type) => {
    const { status, names } = await listed(query)
    expect([status, names.detail[0].loc, names.detail[0].type]).toEqual([422, ['query', field], type])
  })

  it('is 422 for a number of a license that is none', async () => {
    const { as } = portalUnderTest()
    const { status, body } = await (await as('agency')).post('/licenses/first/revoke')
    expect([status, body.detail[0].loc]).toEqual([422, ['path', 'id']])
  })
})
