import { describe, expect, it } from 'vitest'
import { hubUnderTest, keys, startsAt } from './hub-under-test.js'

const dayMs = 86_400_000

describe('activate', () => {
  it('takes a slot and answers with the license', async () => {
    const { postJson } = hubUnderTest()
    const { status, body } = await postJson('/license/activate', { installation_id: 'here' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      license_key: keys.starter,
      product_slug: 'flavor-starter',
      domain: 'mysite.com',
      tier: 'starter',
      status: 'active',
      expires_at: new Date(startsAt + 365 * dayMs).toISOString(),
      activated_at: new Date(startsAt).toISOString(),
      features: ['checkout', 'courier-tracking'],
      activations: { used: 1, limit: 1 },
      server_time: new Date(startsAt).toISOString(),
    })
  })

  it('takes no second slot for the same domain, whichever installation asks', async () => {
    const { postJson, emulator, clock } = hubUnderTest()
    await postJson('/license/activate', { installation_id: 'first' })
    clock.advance(1000)
    await postJson('/license/activate', { installation_id: 'first' })
    const { status, body } = await postJson('/license/activate', { installation_id: 'second' })
    expect(status).toBe(200)
    expect(body.activations).toEqual({ used: 1, limit: 1 })
    expect(body.activated_at).toBe(new Date(startsAt).toISOString())
    const license = emulator.licenses().find(({ key }) => key === keys.starter)
    expect(license?.activations).toEqual([{ domain: 'mysite.com', installationId: 'second', activatedAt: startsAt }])
  })

  it.each([
    ['free', keys.free, -1],
    ['starter', keys.starter, 1],
    ['business', keys.business, 3],
    ['agency', keys.agency, 25],
    ['a tier with a limit of its own', keys.unknownTier, 10],
  ])('admits as many domains as %s grants', async (_, license_key, limit) => {
    const { postJson } = hubUnderTest()
    const tries = limit < 0 ? 40 : limit
    for (let place = 0; place < tries; place += 1) {
      const { status, body } = await postJson('/license/activate', { license_key, domain: `shop-${place}.com` })
      expect({ status, activations: body.activations }).toEqual({
        status: 200,
        activations: { used: place + 1, limit },
      })
    }
    const { status, body } = await postJson('/license/activate', { license_key, domain: 'one-more.com' })
    expect(status).toBe(limit < 0 ? 200 : 403)
    if (limit < 0) return
    const activations = { used: limit, limit }
    expect(body).toEqual({ detail: 'Activation limit reached', code: 'activation_limit_reached', activations })
  })

  it.each(['localhost', 'shop.test', 'shop.local', 'shop.dev', 'shop.staging'])(
    'does not count the staging domain %s',
    async (domain) => {
      const { postJson } = hubUnderTest()
      const staging = await postJson('/license/activate', { domain })
      expect(staging.body.activations).toEqual({ used: 0, limit: 1 })
      const site = await postJson('/license/activate')
      expect(site.body.activations).toEqual({ used: 1, limit: 1 })
      const another = await postJson('/license/activate', { domain: `another.${domain}` })
      expect(another.status).toBe(domain === 'localhost' ? 403 : 200)
    },
  )

  it.each(['0123456789abcdef.device.invalid', 'test.com', 'mylocalhost.com', 'dev'])(
    'counts %s, which is no staging domain',
    async (domain) => {
      const { postJson } = hubUnderTest()
      const { body } = await postJson('/license/activate', { domain })
      expect(body.activations.used).toBe(1)
    },
  )
})

describe('a license that is not in force', () => {
  it.each([
    ['revoked', keys.revoked, 'license_revoked'],
    ['expired', keys.expired, 'license_expired'],
  ])('is refused on activate when %s, and named so on verify', async (status, license_key, code) => {
    const { postJson } = hubUnderTest()
    expect(await postJson('/license/activate', { license_key })).toMatchObject({ status: 403, body: { code } })
    expect(await postJson('/license/verify', { license_key })).toMatchObject({ status: 200, body: { status } })
  })

  it('expires at the very millisecond of its end', async () => {
    const { postJson, clock } = hubUnderTest()
    await postJson('/license/activate', { license_key: keys.endsSoon })
    clock.advance(3 * dayMs - 1)
    expect((await postJson('/license/verify', { license_key: keys.endsSoon })).body.status).toBe('active')
    clock.advance(1)
    expect((await postJson('/license/verify', { license_key: keys.endsSoon })).body.status).toBe('expired')
  })

  it('never expires when it is for a lifetime', async () => {
    const { postJson, clock } = hubUnderTest()
    clock.advance(36_500 * dayMs)
    const { body } = await postJson('/license/activate', { license_key: keys.lifetime })
    expect(body).toMatchObject({ status: 'active', expires_at: null })
  })

  it('still gives its slot back', async () => {
    const { postJson, emulator } = hubUnderTest()
    await postJson('/license/activate')
    emulator.setLicense(keys.starter, { status: 'revoked' })
    expect((await postJson('/license/deactivate')).body).toEqual({
      deactivated: true,
      activations: { used: 0, limit: 1 },
    })
  })
})

describe('verify', () => {
  it('calls a license inactive on a domain that is not activated', async () => {
    const { postJson } = hubUnderTest()
    const { status, body } = await postJson('/license/verify')
    expect(status).toBe(200)
    expect(body).toMatchObject({ status: 'inactive', activated_at: null, activations: { used: 0, limit: 1 } })
  })

  it('follows what the vendor changes', async () => {
    const { postJson, emulator } = hubUnderTest()
    await postJson('/license/activate')
    emulator.setLicense(keys.starter, { tier: 'platinum', features: ['new'], expiresAt: null })
    expect((await postJson('/license/verify')).body).toMatchObject({
      status: 'active',
      tier: 'platinum',
      features: ['new'],
      expires_at: null,
    })
    emulator.setLicense(keys.starter, { status: 'revoked' })
    expect((await postJson('/license/verify')).body.status).toBe('revoked')
    expect(() => emulator.setLicense('FLVR-0000-0000-0000-0000', {})).toThrow(RangeError)
  })
})

describe('deactivate', () => {
  it('frees the slot for another domain', async () => {
    const { postJson } = hubUnderTest()
    await postJson('/license/activate')
    expect((await postJson('/license/activate', { domain: 'second.com' })).status).toBe(403)
    await postJson('/license/deactivate')
    expect((await postJson('/license/activate', { domain: 'second.com' })).status).toBe(200)
  })

  it('says so, with 200, when the domain is not activated', async () => {
    const { postJson } = hubUnderTest()
    const { status, body } = await postJson('/license/deactivate', { license_key: keys.usedUp })
    expect(status).toBe(200)
    expect(body).toEqual({ deactivated: false, activations: { used: 1, limit: 1 } })
  })
})

describe('a license that the request does not get', () => {
  it.each([
    ['a malformed key', { license_key: 'flvr-abcd-efgh-ijkl-mnop' }, 400, 'invalid_key_format'],
    ['an empty key', { license_key: '' }, 400, 'invalid_key_format'],
    ['an unknown key', { license_key: 'FLVR-0000-0000-0000-0000' }, 404, 'license_not_found'],
    ['an unknown product', { product_slug: 'unheard-of' }, 404, 'product_not_found'],
    ['a key of another product', { license_key: keys.otherProduct }, 403, 'product_mismatch'],
  ])('refuses %s on every endpoint', async (_, body, status, code) => {
    const { postJson } = hubUnderTest()
    for (const path of ['/license/activate', '/license/verify', '/license/deactivate', '/components/list']) {
      expect(await postJson(path, body)).toMatchObject({ status, body: { code } })
    }
  })

  it('is told without a code by a hub that has none', async () => {
    const { postJson } = hubUnderTest({ errorCodes: false })
    const { body } = await postJson('/license/verify', { license_key: 'FLVR-0000-0000-0000-0000' })
    expect(body).toEqual({ detail: 'License not found' })
    expect((await postJson('/license/verify', { domain: 1 })).body).not.toHaveProperty('code')
  })
})
