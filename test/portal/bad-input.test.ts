import { describe, expect, it } from 'vitest'
import { createPortalClient, isFlavorLicenseError, type PortalClientOptions } from '../../src/portal/index.js'
import { apiKeyAuth, type PortalUnderTest, portalUnderTest, scriptedHub } from './portal-under-test.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

describe('input that cannot be right', () => {
  const calls: readonly [string, readonly string[], (portal: PortalUnderTest) => Promise<unknown>][] = [
    ['a product id below 0', ['productId'], (portal) => portal.licenses.create({ productId: -1 })],
    ['a product id with a fraction', ['productId'], (portal) => portal.licenses.create({ productId: 1.5 })],
    ['an empty tier', ['tier'], (portal) => portal.licenses.create({ productId: 1, tier: ' ' })],
    [
      'an end that is no time',
      ['expiresAt'],
      (portal) => portal.licenses.create({ productId: 1, expiresAt: Number.NaN }),
    ],
    [
      'an end beyond all calendars',
      ['expiresAt'],
      (portal) => portal.licenses.create({ productId: 1, expiresAt: 1e300 }),
    ],
    [
      'a client that is none',
      ['customerId'],
      (portal) => portal.licenses.create({ productId: 1, customerId: Number.NaN }),
    ],
    ['an order of nothing', ['quantity'], (portal) => portal.licenses.createBulk({ productId: 1, quantity: 0 })],
    ['an order of a part', ['quantity'], (portal) => portal.licenses.createBulk({ productId: 1, quantity: 2.5 })],
    [
      'several at once',
      ['productId', 'quantity'],
      (portal) => portal.licenses.createBulk({ productId: -1, quantity: Number.POSITIVE_INFINITY }),
    ],
    ['a license id that is none', ['id'], (portal) => portal.licenses.revoke(-12)],
    ['a license id that is none, to reactivate', ['id'], (portal) => portal.licenses.reactivate(Number.NaN)],
    ['a license id that is none, to delete', ['id'], (portal) => portal.licenses.delete(0.5)],
    ['a domain that is none', ['domain'], (portal) => portal.licenses.deactivateDomain(12, '../../clients/3')],
    ['a domain and an id', ['id', 'domain'], (portal) => portal.licenses.deactivateDomain(-1, '')],
    ['an empty name of a client', ['name'], (portal) => portal.clients.create({ email: 'a@b.example', name: '' })],
    ['an empty e-mail address', ['email'], (portal) => portal.clients.create({ email: '', name: 'A' })],
    ['a client id that is none', ['id'], (portal) => portal.clients.delete(-3, { confirm: true })],
    ['a client id that is none, to list', ['id'], (portal) => portal.clients.licenses(-3).all()],
    ['an empty name of a key', ['name'], (portal) => portal.apiKeys.create('')],
    ['a key id that is none', ['id'], (portal) => portal.apiKeys.revoke(-1)],
    [
      'an address that is none',
      ['url'],
      (portal) => portal.webhooks.create({ url: 'hook', events: ['license.created'] }),
    ],
    [
      'an address of another kind',
      ['url'],
      (portal) => portal.webhooks.create({ url: 'javascript:alert(1)', events: ['license.created'] }),
    ],
    ['no events', ['events'], (portal) => portal.webhooks.create({ url: 'https://a.example', events: [] })],
    ['a webhook id that is none', ['id'], (portal) => portal.webhooks.delete(-4)],
  ]

  it.each(calls)('is refused without asking: %s', async (_, fields, call) => {
    const hub = scriptedHub(() => ({ status: 500 }))
    const portal = portalUnderTest({ auth: { email: 'shop@example.com', password: 'p' } }, { transport: hub })
    expect(await call(portal)).toEqual({
      outcome: 'refused',
      reason: 'invalid-input',
      fields,
      message: expect.stringMatching(
        new RegExp(`not valid: ${fields.map((name) => `${name} must be .+`).join('; ')}[.]$`),
      ),
    })
    expect(hub.asked).toEqual([])
  })

  const wholeNumber = 'a whole number that is not negative'
  it.each<[string, (portal: PortalUnderTest) => readonly [object, (...given: never) => unknown], string]>([
    ['a license', ({ licenses }) => [licenses, licenses.create], `productId must be ${wholeNumber}`],
    [
      'many licenses',
      ({ licenses }) => [licenses, licenses.createBulk],
      `productId must be ${wholeNumber}; quantity must be a whole number from 1`,
    ],
    [
      'a client',
      ({ clients }) => [clients, clients.create],
      'email must be a text that is not empty; name must be a text that is not empty',
    ],
    ['an API key', ({ apiKeys }) => [apiKeys, apiKeys.create], 'name must be a text that is not empty'],
    [
      'a webhook',
      ({ webhooks }) => [webhooks, webhooks.create],
      'url must be a URL that begins with https:// or http://; events must be a list of at least one of license.created, ',
    ],
    [
      'the end of an activation',
      ({ licenses }) => [licenses, licenses.deactivateDomain],
      `id must be ${wholeNumber}; domain`,
    ],
  ])('of a program without types: %s without anything is told what it must be', async (_, method, sentence) => {
    const hub = scriptedHub(() => ({ status: 500 }))
    const portal = portalUnderTest({ auth: { email: 'shop@example.com', password: 'p' } }, { transport: hub })
    const [owner, call] = method(portal)
    for (const nothing of [undefined, null]) {
      expect(await Reflect.apply(call, owner, [nothing])).toMatchObject({
        outcome: 'refused',
        reason: 'invalid-input',
        message: expect.stringContaining(`Some of the input is not valid: ${sentence}`),
      })
    }
    expect(hub.asked).toEqual([])
  })

  it('of a program without types: a client is not deleted unless that is confirmed', async () => {
    const hub = scriptedHub(() => ({ status: 204 }))
    const portal = portalUnderTest({ auth: apiKeyAuth }, { transport: hub })
    for (const options of [undefined, {}, { confirm: false }, { confirm: 'yes' }, { confirm: 1 }]) {
      expect(await Reflect.apply(portal.clients.delete, portal.clients, [3, options])).toMatchObject({
        outcome: 'refused',
        reason: 'confirmation-required',
      })
    }
    expect(hub.asked).toEqual([])
  })
})

describe('what the hub refuses', () => {
  const refusals: readonly [number, unknown, string | undefined, object][] = [
    [400, 'Bad request', undefined, { reason: 'invalid-input' }],
    [400, 'A user with this email already exists', undefined, { reason: 'email-exists', fields: ['email'] }],
    [400, 'x', 'expires_at_out_of_range', { reason: 'expires-at-out-of-range', fields: ['expiresAt'] }],
    [400, 'x', 'api_key_limit_reached', { reason: 'api-key-limit-reached' }],
    [
      401,
      'Not authenticated',
      undefined,
      { reason: 'api-key-rejected', message: expect.stringMatching(/Log in and create/) },
    ],
    [
      403,
      'Forbidden',
      undefined,
      { reason: 'permission-denied', message: expect.stringMatching(/resellers and agencies/) },
    ],
    [403, 'x', 'license_limit_reached', { reason: 'license-limit-reached' }],
    [403, 'x', 'insufficient_credits', { reason: 'insufficient-credits' }],
    [404, 'Product not found', undefined, { reason: 'product-not-found', fields: ['productId'] }],
    [404, 'x', 'license_not_found', { reason: 'license-not-found', fields: ['id'] }],
    [404, 'x', 'client_not_found', { reason: 'client-not-found' }],
    [404, 'x', 'api_key_not_found', { reason: 'api-key-not-found', fields: ['id'] }],
    [404, 'x', 'webhook_not_found', { reason: 'webhook-not-found', fields: ['id'] }],
    [404, 'x', 'activation_not_found', { reason: 'activation-not-found', fields: ['domain'] }],
    [409, 'Conflict', undefined, { reason: 'not-accepted' }],
  ]

  it.each(refusals)('is an outcome of its own: %i %j %s', async (status, detail, code, expected) => {
    const hub = scriptedHub(() => ({ status, body: { detail, code } }))
    const portal = portalUnderTest({ auth: apiKeyAuth }, { transport: hub })
    const outcome = await portal.licenses.create({ productId: 1 })
    expect(outcome).toMatchObject({ outcome: 'refused', message: expect.stringMatching(/\.$/), ...expected })
  })

  it('as invalid names each field by its name outside, and repeats nothing that was submitted', async () => {
    const issue = (field: string) => ({
      loc: ['body', field],
      msg: `Value error for ${key}`,
      type: 'value_error',
      input: { license_key: key, password: 'correct horse' },
    })
    const detail = [issue('product_id'), issue('expires_at'), issue(key), issue('correct horse')]
    const hub = scriptedHub(() => ({ status: 422, body: { detail } }))
    const outcome = await portalUnderTest({ auth: apiKeyAuth }, { transport: hub }).licenses.create({ productId: 1 })
    expect(outcome).toEqual({
      outcome: 'refused',
      reason: 'invalid-input',
      fields: ['productId', 'expiresAt'],
      message: 'The values of productId, expiresAt are not valid. Correct them, then try again.',
    })
    expect(JSON.stringify(outcome)).not.toMatch(/FLVR|horse/)
  })
})

describe('options that cannot be right', () => {
  const secret = 'very-secret'
  const cases: readonly [string, unknown, string][] = [
    ['no object', null, 'invalid-option'],
    ['a hub that is no URL', { hub: { url: 'hub' } }, 'invalid-hub-url'],
    ['a hub over http', { hub: { url: 'http://hub.example' } }, 'invalid-hub-url'],
    ['a route that is none', { hub: { routes: { logout: '/x' } } }, 'unknown-route'],
    ['a path that is none', { hub: { routes: { login: 'login' } } }, 'invalid-route'],
    ['a limit that is none', { hub: { limits: { everything: {} } } }, 'invalid-limit'],
    ['a limit of nothing', { hub: { limits: { portal: { limit: 0 } } } }, 'invalid-limit'],
    ['auth that is no object', { auth: secret }, 'invalid-option'],
    ['auth that is null', { auth: null }, 'invalid-option'],
    ['auth without anything', { auth: {} }, 'invalid-option'],
    ['two kinds of auth', { auth: { refreshToken: secret, ...apiKeyAuth } }, 'invalid-option'],
    ['auth of an unknown kind', { auth: { refreshToken: secret, otp: '1' } }, 'invalid-option'],
    ['a password alone', { auth: { password: secret } }, 'invalid-option'],
    ['an e-mail address alone', { auth: { email: 'shop@example.com' } }, 'invalid-option'],
    ['an empty password', { auth: { email: 'shop@example.com', password: '' } }, 'invalid-option'],
    ['an e-mail address that is none', { auth: { email: secret, password: secret } }, 'invalid-option'],
    ['an empty refresh token', { auth: { refreshToken: '' } }, 'invalid-option'],
    ['an API key of another shape', { auth: { apiKey: `fh_live_${secret}` } }, 'invalid-option'],
    ['a relative directory', { directory: 'records' }, 'invalid-option'],
    ['a deadline that is none', { requestDeadlineMs: -1 }, 'invalid-option'],
  ]

  it.each(cases)('are told at once, in a sentence without a secret: %s', (_, options, code) => {
    const create: (options: unknown) => unknown = (given) => createPortalClient(given as PortalClientOptions)
    try {
      create(options)
      expect.unreachable()
    } catch (error) {
      expect(isFlavorLicenseError(error) && error.code).toBe(code)
      expect(String(error)).toMatch(/\.$/)
      expect(String(error)).not.toContain(secret)
    }
  })
})
