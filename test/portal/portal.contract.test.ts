import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { PortalClientOptions } from '../../src/portal/options.js'
import { html, json } from '../contract/documented-answers.js'
import { type HubDouble, type SeenRequest, transportWays } from '../contract/transport-way.js'
import {
  account,
  accountJson,
  apiKey,
  apiKeyJson,
  client,
  clientJson,
  createdApiKeyJson,
  createdWebhookJson,
  jwt,
  license,
  licenseJson,
  rawKey,
  secret,
  webhook,
  webhookJson,
} from './documented-portal.js'
import { apiKeyAuth, type PortalUnderTest, passwordAuth, portalUnderTest } from './portal-under-test.js'

const accessToken = jwt({ iat: 1_768_478_400, exp: 1_768_480_200 })
const loginJson = `{"access_token":"${accessToken}","refresh_token":"r-1","user":${accountJson}}`
const bulkBody = `{"items":[${licenseJson}]}`
const usageJson = '{"total_licenses":3,"limit":5,"remaining":2}'
const creditsJson =
  '{"total_credits":47,"packs":[{"pack_id":1,"pack_size":50,"bundle":null,"used":3,"remaining":47,"status":"active"}]}'
const noContent = { status: 204, headers: {}, body: '' }
const inAYear = Date.parse('2027-01-15T12:00:00Z')

interface Exchange {
  readonly name: string
  readonly call: (portal: PortalUnderTest) => Promise<unknown>
  /** Method, path and query, and the body, letter for letter. */
  readonly request: readonly [method: string, target: string, body: string]
  readonly reply: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  readonly outcome: unknown
  readonly takesApiKey?: boolean
}

const exchanges: readonly Exchange[] = [
  {
    name: 'a list of licenses, which is a bare array',
    call: (portal) => portal.licenses.list().all(),
    request: ['GET', '/portal/licenses?page=1&per_page=25', ''],
    reply: json(200, `[${licenseJson}]`),
    outcome: { outcome: 'listed', items: [license] },
    takesApiKey: true,
  },
  {
    name: 'a list of licenses with filters, in the envelope',
    call: (portal) =>
      portal.licenses
        .list({ status: 'active', source: 'bulk_pack', search: 'anna & co' })
        .page({ page: 2, perPage: 10 }),
    request: ['GET', '/portal/licenses?status=active&source=bulk_pack&search=anna+%26+co&page=2&per_page=10', ''],
    reply: json(200, `{"items": [${licenseJson}], "total": 150, "page": 2, "per_page": 10}`),
    outcome: { outcome: 'listed', items: [license], page: 2, total: 150, hasMore: true },
    takesApiKey: true,
  },
  {
    name: 'the creation of a license',
    call: (portal) => portal.licenses.create({ productId: 1, tier: 'business', expiresAt: inAYear, customerId: 3 }),
    request: [
      'POST',
      '/portal/licenses',
      '{"product_id":1,"tier":"business","expires_at":"2027-01-15T12:00:00Z","customer_id":3}',
    ],
    reply: json(201, licenseJson),
    outcome: { outcome: 'created', item: license },
    takesApiKey: true,
  },
  {
    name: "the creation of a license with the hub's defaults",
    call: (portal) => portal.licenses.create({ productId: 1 }),
    request: ['POST', '/portal/licenses', '{"product_id":1}'],
    reply: json(201, licenseJson),
    outcome: { outcome: 'created', item: license },
    takesApiKey: true,
  },
  {
    name: 'the creation of many licenses',
    call: (portal) => portal.licenses.createBulk({ productId: 1, quantity: 1 }),
    request: ['POST', '/portal/licenses/bulk', '{"product_id":1,"quantity":1}'],
    reply: json(201, bulkBody),
    outcome: { outcome: 'created', items: [license] },
    takesApiKey: true,
  },
  {
    name: 'the reactivation of a license',
    call: (portal) => portal.licenses.reactivate(12),
    request: ['POST', '/portal/licenses/12/reactivate', ''],
    reply: json(200, licenseJson),
    outcome: { outcome: 'reactivated', item: license },
    takesApiKey: true,
  },
  {
    name: 'the revocation of a license',
    call: (portal) => portal.licenses.revoke(12),
    request: ['POST', '/portal/licenses/12/revoke', ''],
    reply: json(200, licenseJson),
    outcome: { outcome: 'revoked', item: license },
  },
  {
    name: 'the deletion of a license',
    call: (portal) => portal.licenses.delete(12),
    request: ['DELETE', '/portal/licenses/12', ''],
    reply: noContent,
    outcome: { outcome: 'deleted' },
  },
  {
    name: 'the deactivation of a domain, however it is written',
    call: (portal) => portal.licenses.deactivateDomain(12, 'https://www.MySite.com:8443/shop/'),
    request: ['DELETE', '/portal/licenses/12/activations/mysite.com', ''],
    reply: noContent,
    outcome: { outcome: 'deactivated' },
  },
  {
    name: 'the usage',
    call: (portal) => portal.licenses.usage(),
    request: ['GET', '/portal/licenses/usage', ''],
    reply: json(200, usageJson),
    outcome: { outcome: 'found', item: { totalLicenses: 3, limit: 5, remaining: 2 } },
  },
  {
    name: 'the credits of packs',
    call: (portal) => portal.licenses.packCredits(),
    request: ['GET', '/portal/licenses/pack-credits', ''],
    reply: json(200, creditsJson),
    outcome: {
      outcome: 'found',
      item: {
        totalCredits: 47,
        packs: [{ packId: 1, packSize: 50, bundle: null, used: 3, remaining: 47, status: 'active' }],
      },
    },
  },
  {
    name: 'a list of clients',
    call: (portal) => portal.clients.list().all(),
    request: ['GET', '/portal/clients?page=1&per_page=25', ''],
    reply: json(200, `[${clientJson}]`),
    outcome: { outcome: 'listed', items: [client] },
    takesApiKey: true,
  },
  {
    name: 'the creation of a client',
    call: (portal) => portal.clients.create({ email: 'anna@example.com', name: 'Anna', company: 'Anna Ltd' }),
    request: ['POST', '/portal/clients', '{"email":"anna@example.com","name":"Anna","company":"Anna Ltd"}'],
    reply: json(201, clientJson),
    outcome: { outcome: 'created', item: client },
    takesApiKey: true,
  },
  {
    name: 'the deletion of a client',
    call: (portal) => portal.clients.delete(3, { confirm: true }),
    request: ['DELETE', '/portal/clients/3', ''],
    reply: noContent,
    outcome: { outcome: 'deleted' },
    takesApiKey: true,
  },
  {
    name: 'the licenses of a client',
    call: (portal) => portal.clients.licenses(3).all(),
    request: ['GET', '/portal/clients/3/licenses?page=1&per_page=25', ''],
    reply: json(200, `[${licenseJson}]`),
    outcome: { outcome: 'listed', items: [license] },
    takesApiKey: true,
  },
  {
    name: 'the creation of an API key',
    call: (portal) => portal.apiKeys.create('CI'),
    request: ['POST', '/portal/api-keys', '{"name":"CI"}'],
    reply: json(201, createdApiKeyJson),
    outcome: { outcome: 'created', item: { ...apiKey, rawKey } },
  },
  {
    name: 'a list of API keys',
    call: (portal) => portal.apiKeys.list().all(),
    request: ['GET', '/portal/api-keys?page=1&per_page=25', ''],
    reply: json(200, `[${apiKeyJson}]`),
    outcome: { outcome: 'listed', items: [apiKey] },
  },
  {
    name: 'the revocation of an API key',
    call: (portal) => portal.apiKeys.revoke(1),
    request: ['DELETE', '/portal/api-keys/1', ''],
    reply: noContent,
    outcome: { outcome: 'revoked' },
  },
  {
    name: 'the creation of a webhook',
    call: (portal) =>
      portal.webhooks.create({ url: 'https://shop.example/hook', events: ['license.revoked'], description: null }),
    request: [
      'POST',
      '/portal/webhooks',
      '{"url":"https://shop.example/hook","events":["license.revoked"],"description":null}',
    ],
    reply: json(201, createdWebhookJson),
    outcome: { outcome: 'created', item: { ...webhook, secret } },
  },
  {
    name: 'a list of webhooks',
    call: (portal) => portal.webhooks.list().all(),
    request: ['GET', '/portal/webhooks?page=1&per_page=25', ''],
    reply: json(200, `{"items":[${webhookJson}],"total":1,"page":1,"per_page":25}`),
    outcome: { outcome: 'listed', items: [webhook] },
  },
  {
    name: 'the deletion of a webhook',
    call: (portal) => portal.webhooks.delete(4),
    request: ['DELETE', '/portal/webhooks/4', ''],
    reply: noContent,
    outcome: { outcome: 'deleted' },
  },
]

describe.each(transportWays)('the contract with the portal, by $name', ({ open }) => {
  let double: HubDouble | undefined
  const hub = (): HubDouble => {
    if (!double) throw new Error('The hub is not open yet.')
    return double
  }
  beforeAll(async () => {
    double = await open()
  })
  afterAll(() => double?.close())
  let seenBefore = 0
  afterEach(() => {
    seenBefore = hub().requests.length
  })
  const asked = (): readonly SeenRequest[] => hub().requests.slice(seenBefore)

  const portal = (auth: NonNullable<PortalClientOptions['auth']>) =>
    portalUnderTest({ auth, hub: { url: hub().url } }, { transport: hub().transport })

  /** A client that is logged in. Its login is not among what is asked. */
  async function loggedIn(): Promise<PortalUnderTest> {
    hub().reply(json(200, loginJson))
    const client = portal(passwordAuth)
    expect(await client.login()).toEqual({ outcome: 'logged-in', account })
    seenBefore = hub().requests.length
    return client
  }

  it('a login sends the credentials and nothing else', async () => {
    hub().reply(json(200, loginJson))
    await portal(passwordAuth).login()
    expect(asked()).toHaveLength(1)
    const [request] = asked()
    expect(request).toMatchObject({
      method: 'POST',
      target: '/api/v1/portal/auth/login',
      body: '{"email":"shop@example.com","password":"correct horse"}',
    })
    expect(request?.headers).toMatchObject({ accept: 'application/json', 'content-type': 'application/json' })
    expect(request?.headers).not.toHaveProperty('authorization')
  })

  it('a refresh sends the refresh token and nothing else', async () => {
    hub().reply(json(200, `{"access_token":"${accessToken}","refresh_token":"r-2"}`))
    await portal({ refreshToken: 'r-1' }).login()
    expect(asked()).toMatchObject([
      { method: 'POST', target: '/api/v1/portal/auth/refresh', body: '{"refresh_token":"r-1"}' },
    ])
  })

  describe.each(exchanges)('$name', ({ call, request: [method, target, body], reply, outcome }) => {
    it('is asked for and answered with a login', async () => {
      const client = await loggedIn()
      hub().reply(reply)
      expect(await call(client)).toEqual(outcome)
      expect(asked()).toHaveLength(1)
      const [request] = asked()
      expect(request).toMatchObject({ method, target: `/api/v1${target}`, body })
      expect(request?.headers['authorization']).toBe(`Bearer ${accessToken}`)
      expect(request?.headers).not.toHaveProperty('x-api-key')
      expect(request?.headers['content-type']).toBe(body === '' ? undefined : 'application/json')
    })

    it.each([
      ['a page of somebody else', html(200, '<html>Sign in</html>'), 'not-json'],
      [
        'a crash',
        { status: 500, headers: { 'content-type': 'text/plain' }, body: 'Internal Server Error' },
        'hub-failed',
      ],
      ['an unknown path', json(404, '{"detail":"Not Found"}'), 'wrong-route'],
    ])('is not taken for done after %s', async (_, answer, reason) => {
      const client = await loggedIn()
      hub().reply(answer)
      const result = await call(client)
      expect(result).toHaveProperty('outcome', expect.stringMatching(/^(?:deferred|uncertain|created-in-part)$/))
      const stopped = Object.assign({}, result, Object(result).stoppedBy)
      expect(stopped).toHaveProperty('reason', reason)
    })
  })

  describe.each(exchanges.filter(({ takesApiKey }) => takesApiKey))(
    '$name',
    ({ call, request: [method, target, body], reply, outcome }) => {
      it('is asked for and answered with an API key', async () => {
        hub().reply(reply)
        expect(await call(portal(apiKeyAuth))).toEqual(outcome)
        expect(asked()).toMatchObject([{ method, target: `/api/v1${target}`, body }])
        expect(asked()[0]?.headers['x-api-key']).toBe(apiKeyAuth.apiKey)
        expect(asked()[0]?.headers).not.toHaveProperty('authorization')
      })
    },
  )

  describe.each(exchanges.filter(({ takesApiKey }) => !takesApiKey))('$name', ({ call }) => {
    it('is never sent with an API key', async () => {
      const refused = await call(portal(apiKeyAuth))
      expect(refused).toMatchObject({ outcome: 'refused', reason: 'login-required' })
      expect(refused).toHaveProperty('message', expect.stringMatching(/^An API key cannot be used to .*Log in with/))
      expect(asked()).toEqual([])
    })
  })
})
