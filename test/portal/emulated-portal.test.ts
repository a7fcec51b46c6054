import { once } from 'node:events'
import { createServer } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/index.js'
import { createLicenseClient } from '../../src/index.js'
import {
  createPortalClient,
  fileTokenStore,
  type PortalClient,
  type PortalClientOptions,
  reverifyOnWebhook,
  verifyWebhook,
  type WebhookOutcome,
} from '../../src/portal/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const reseller = { email: 'reseller@flavor.example', password: 'reseller-password' }

/** The portal client as anybody makes it, and a hub on loopback. */
async function realPortal(hubOptions: EmulatorOptions = {}, options: Partial<PortalClientOptions> = {}) {
  const emulator = createEmulator(hubOptions)
  const hub = await emulator.listen()
  onTestFinished(() => hub.close())
  const directory = temporaryDirectory()
  const open = (more: Partial<PortalClientOptions> = {}): PortalClient => {
    const portal = createPortalClient({ hub: { url: hub.url }, auth: reseller, directory, ...options, ...more })
    onTestFinished(() => portal.close())
    return portal
  }
  return { emulator, hub, directory, open, portal: open() }
}

function value<Outcome extends { readonly outcome: string }, Name extends Outcome['outcome']>(
  outcome: Outcome,
  name: Name,
): Extract<Outcome, { readonly outcome: Name }> {
  expect(outcome.outcome).toBe(name)
  return outcome as Extract<Outcome, { readonly outcome: Name }>
}

describe('every call of the portal client, on the local hub', () => {
  it('does what it says', async () => {
    const { portal, open } = await realPortal()
    expect(await portal.login()).toMatchObject({ outcome: 'logged-in', account: { type: 'reseller' } })

    const { item: client } = value(await portal.clients.create({ email: 'anna@example.com', name: 'Anna' }), 'created')
    const { item: license } = value(
      await portal.licenses.create({ productId: 1, tier: 'starter', customerId: client.id }),
      'created',
    )
    expect(license).toMatchObject({ status: 'active', customerId: client.id, product: { id: 1 } })
    const { items } = value(await portal.licenses.createBulk({ productId: 1, quantity: 130 }), 'created')
    expect(new Set(items.map(({ id }) => id)).size).toBe(130)

    const listed = value(await portal.licenses.list().all(), 'listed')
    expect(listed.items.length).toBeGreaterThanOrEqual(131)
    expect(value(await portal.licenses.list({ search: license.licenseKey }).all(), 'listed').items).toHaveLength(1)
    expect(value(await portal.clients.licenses(client.id).all(), 'listed').items).toMatchObject([{ id: license.id }])

    value(await portal.licenses.revoke(license.id), 'revoked')
    expect(value(await portal.licenses.list({ status: 'revoked' }).all(), 'listed').items).toMatchObject([
      { id: license.id },
    ])
    value(await portal.licenses.reactivate(license.id), 'reactivated')
    expect(await portal.licenses.deactivateDomain(license.id, 'mysite.com')).toMatchObject({
      outcome: 'refused',
      reason: 'activation-not-found',
      fields: ['domain'],
    })
    value(await portal.licenses.usage(), 'found')
    expect(value(await portal.licenses.packCredits(), 'found').item).toMatchObject({ totalCredits: 1005 - 131 })
    value(await portal.licenses.delete(license.id), 'deleted')

    const { item: key } = value(await portal.apiKeys.create('CI'), 'created')
    expect(value(await portal.apiKeys.list().all(), 'listed').items).toMatchObject([{ id: key.id, prefix: key.prefix }])
    const machine = open({ auth: { apiKey: key.rawKey } })
    value(await machine.clients.list().all(), 'listed')
    value(await portal.apiKeys.revoke(key.id), 'revoked')
    expect(await machine.clients.list().all()).toMatchObject({ outcome: 'refused', reason: 'api-key-rejected' })

    const order = { url: 'https://shop.example/hook', events: ['license.revoked'] } as const
    const { item: webhook } = value(await portal.webhooks.create(order), 'created')
    expect(value(await portal.webhooks.list().all(), 'listed').items).toMatchObject([{ id: webhook.id }])
    value(await portal.webhooks.delete(webhook.id), 'deleted')
    value(await portal.clients.delete(client.id, { confirm: true }), 'deleted')
  })

  it.each([
    [{ productId: 99 }, 'product-not-found', ['productId']],
    [{ productId: 1, customerId: 99 }, 'client-not-found', undefined],
    [{ productId: 1, expiresAt: 0 }, 'expires-at-out-of-range', ['expiresAt']],
  ])('is refused by the rules of the hub: %j', async (order, reason, fields) => {
    const { portal } = await realPortal()
    const outcome = await portal.licenses.create(order)
    expect(outcome).toMatchObject({ outcome: 'refused', reason, ...(fields && { fields }) })
  })
})

describe('many programs that run for a moment', () => {
  it('share one login by a file, and the budget of logins by the ledger', async () => {
    const { emulator, open, directory } = await realPortal()
    for (let program = 0; program < 10; program += 1) {
      const portal = open({ tokenStore: fileTokenStore(directory) })
      value(await portal.licenses.usage(), 'found')
    }
    expect(emulator.arrivals.filter(({ path }) => path.endsWith('/login'))).toHaveLength(1)

    const outcomes = []
    for (let program = 0; program < 8; program += 1) {
      const portal = open({ requestDeadlineMs: 2_000 })
      outcomes.push((await portal.licenses.usage()).outcome)
    }
    expect(outcomes).toEqual([...Array(4).fill('found'), ...Array(4).fill('deferred')])
    expect(emulator.arrivals.filter(({ status }) => status === 429)).toEqual([])
  })
})

describe('a webhook of the local hub', () => {
  it('arrives, is believed, and lets the product see at once that its license was revoked', async () => {
    const { emulator, hub, directory, portal } = await realPortal()
    const { item: license } = value(await portal.licenses.create({ productId: 1 }), 'created')
    const product = createLicenseClient({
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      hub: { url: hub.url, trustedKeys: emulator.keys },
      directory,
    })
    onTestFinished(() => product.close())
    value(await product.activate(license.licenseKey), 'activated')

    const arrived: WebhookOutcome[] = []
    let secret = ''
    const receiver = createServer(async (request, response) => {
      arrived.push(await verifyWebhook({ body: await buffer(request), headers: request.headers, secret }))
      response.writeHead(204).end()
      receiver.emit('arrived')
    })
    receiver.listen(0, '127.0.0.1')
    await once(receiver, 'listening')
    onTestFinished(() => void receiver.close())
    const address = receiver.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const order = { url: `http://127.0.0.1:${port}/hook`, events: ['license.revoked'] } as const
    secret = value(await portal.webhooks.create(order), 'created').item.secret

    const heard = once(receiver, 'arrived')
    value(await portal.licenses.revoke(license.id), 'revoked')
    await heard
    expect(arrived).toMatchObject([
      {
        outcome: 'verified',
        event: { event: 'license.revoked', data: { licenseId: license.id, productSlug: 'flavor-starter' } },
      },
    ])
    expect(product.status()).toMatchObject({ state: 'licensed' })
    const [first] = arrived
    const verdict = first?.outcome === 'verified' ? await reverifyOnWebhook(product, first.event) : undefined
    expect(verdict).toMatchObject({ state: 'unlicensed', reason: 'revoked' })
  })
})
