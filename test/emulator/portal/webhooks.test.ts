import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { webhookEventNames } from '../../../src/protocol/wire/portal/webhook.js'
import { createdLicense, type PortalUnderTest, portalUnderTest } from './portal-under-test.js'
import { type WebhookReceiver, webhookReceiver } from './webhook-receiver.js'

const minute = 60_000
let receiver: WebhookReceiver
beforeEach(async () => {
  receiver = await webhookReceiver()
})
afterEach(() => receiver.close())

async function withWebhook(portal: PortalUnderTest = portalUnderTest(), events: readonly string[] = webhookEventNames) {
  const reseller = await portal.as('reseller')
  const { body: webhook } = await reseller.post('/webhooks', { url: receiver.url, events })
  return { portal, reseller, webhook }
}

const names = () => receiver.received.map(({ event }) => event.event)

describe('a webhook', () => {
  it('is made with a secret of 64 hex digits, shown once, and listed', async () => {
    const { as } = portalUnderTest()
    const developer = await as('developer')
    const order = { url: 'https://shop.example/hook', events: ['license.revoked', 'license.created'] }
    const { status, body } = await developer.post('/webhooks', { ...order, description: 'Shop' })
    expect([status, body]).toEqual([
      201,
      {
        id: expect.any(Number),
        url: order.url,
        events: ['license.created', 'license.revoked'],
        secret: expect.stringMatching(/^[0-9a-f]{64}$/),
        is_active: true,
        description: 'Shop',
        created_at: '2026-01-15T12:00:00.000Z',
      },
    ])
    const { secret, ...listed } = body
    expect((await developer.get('/webhooks')).body).toEqual({ items: [listed], total: 1, page: 1, per_page: 25 })
    expect((await developer.delete(`/webhooks/${body.id}`)).status).toBe(204)
    expect((await developer.get('/webhooks')).body.items).toEqual([])
  })

  it('of another account is not there, and a customer has none', async () => {
    const { portal, webhook } = await withWebhook()
    const { status, body } = await (await portal.as('agency')).delete(`/webhooks/${webhook.id}`)
    expect([status, body.code]).toEqual([404, 'webhook_not_found'])
    expect((await (await portal.as('customer')).get('/webhooks')).status).toBe(403)
  })

  it.each([
    ['url', { url: 'shop.example', events: ['license.created'] }],
    ['url', { url: 'ftp://shop.example', events: ['license.created'] }],
    ['url', { url: 'https://me:secret@shop.example', events: ['license.created'] }],
    ['events', { url: 'https://shop.example', events: [] }],
    ['events', { url: 'https://shop.example', events: ['license.renewed'] }],
  ])('is 422 for a wrong %s', async (field, body) => {
    const { as } = portalUnderTest()
    const answer = await (await as('reseller')).post('/webhooks', body)
    expect([answer.status, answer.body.detail[0].loc]).toEqual([422, ['body', field]])
  })
})

describe('a delivery', () => {
  it('is a POST that is signed over its raw body', async () => {
    const { portal, reseller, webhook } = await withWebhook()
    const license = await createdLicense(reseller)
    await portal.emulator.deliverWebhooks()
    const [delivery] = receiver.received
    expect(receiver.received).toHaveLength(1)
    expect(delivery).toMatchObject({
      method: 'POST',
      path: '/hook',
      headers: {
        'user-agent': 'FlavorHub-Webhook/1.0',
        'content-type': 'application/json',
        'x-hub-event': 'license.created',
        'x-hub-signature-256': `sha256=${createHmac('sha256', webhook.secret)
          .update(delivery?.raw ?? '')
          .digest('hex')}`,
      },
    })
    expect(delivery?.event).toEqual({
      event: 'license.created',
      timestamp: '2026-01-15T12:00:00.000+00:00',
      data: {
        license_id: license.id,
        license_key: license.license_key,
        tier: 'starter',
        product_slug: 'flavor-starter',
      },
    })
  })

  it('follows by itself, without being asked for', async () => {
    const { reseller } = await withWebhook()
    await createdLicense(reseller)
    await expect.poll(names).toEqual(['license.created'])
  })

  it.each([
    ['a server that fails', 500],
    ['a redirect, which is not followed', 307],
    ['a refusal', 404],
    ['a connection that breaks', 'break'],
  ] as const)('is tried again on the clock of the emulator, with growing pauses: %s', async (_, answer) => {
    receiver.answerWith(...Array(6).fill(answer))
    const { portal, reseller } = await withWebhook(portalUnderTest(), ['license.created'])
    await createdLicense(reseller)
    await portal.emulator.deliverWebhooks()
    expect(receiver.received).toHaveLength(1)
    for (const [index, pause] of [1, 5, 30, 120, 720].entries()) {
      portal.clock.advance(pause * minute - 1)
      await portal.emulator.deliverWebhooks()
      expect(receiver.received).toHaveLength(index + 1)
      portal.clock.advance(1)
      await portal.emulator.deliverWebhooks()
      expect(receiver.received).toHaveLength(index + 2)
    }
    expect(new Set(receiver.received.map(({ path }) => path))).toEqual(new Set(['/hook']))
    portal.clock.advance(30 * 1440 * minute)
    await portal.emulator.deliverWebhooks()
    expect(receiver.received).toHaveLength(6)
  })

  it('says in each attempt when that attempt was made', async () => {
    receiver.answerWith(503)
    const { portal, reseller } = await withWebhook(portalUnderTest(), ['license.created'])
    await createdLicense(reseller)
    await portal.emulator.deliverWebhooks()
    portal.clock.advance(minute)
    await portal.emulator.deliverWebhooks()
    const times = receiver.received.map(({ event }) => Date.parse(event.timestamp))
    expect(times).toEqual([portal.clock.now() - minute, portal.clock.now()])
  })

  it('ends once it was taken', async () => {
    receiver.answerWith(503, 200)
    const { portal, reseller } = await withWebhook(portalUnderTest(), ['license.created'])
    await createdLicense(reseller)
    await portal.emulator.deliverWebhooks()
    portal.clock.advance(minute)
    await portal.emulator.deliverWebhooks()
    portal.clock.advance(1440 * minute)
    await portal.emulator.deliverWebhooks()
    expect(receiver.received).toHaveLength(2)
  })

  it('is forgotten with its webhook', async () => {
    receiver.answerWith(503)
    const { portal, reseller, webhook } = await withWebhook(portalUnderTest(), ['license.created'])
    await createdLicense(reseller)
    await portal.emulator.deliverWebhooks()
    await reseller.delete(`/webhooks/${webhook.id}`)
    portal.clock.advance(minute)
    await portal.emulator.deliverWebhooks()
    expect(receiver.received).toHaveLength(1)
  })
})

describe('the events', () => {
  it('are raised by products, by the portal, by the staff and by time', async () => {
    const { portal, reseller } = await withWebhook()
    const { id, license_key } = await createdLicense(reseller)
    await portal.postJson('/license/activate', { license_key })
    await portal.postJson('/license/activate', { license_key })
    await portal.postJson('/license/deactivate', { license_key })
    await portal.postJson('/license/activate', { license_key, domain: 'second.com' })
    await reseller.delete(`/licenses/${id}/activations/second.com`)
    await reseller.post(`/licenses/${id}/revoke`)
    await reseller.post(`/licenses/${id}/revoke`)
    await reseller.post(`/licenses/${id}/reactivate`)
    portal.emulator.setLicense(license_key, { status: 'revoked' })
    await portal.emulator.deliverWebhooks()
    expect(names()).toEqual([
      'license.created',
      'license.activated',
      'license.deactivated',
      'license.activated',
      'license.deactivated',
      'license.revoked',
      'license.revoked',
    ])
    const domains = receiver.received.map(({ event }) => event.data.domain)
    expect(domains.slice(0, 6)).toEqual([undefined, 'mysite.com', 'mysite.com', 'second.com', 'second.com', undefined])
  })

  it('tell once of a license that ends by time alone', async () => {
    const { portal, reseller } = await withWebhook(portalUnderTest(), ['license.expired'])
    const expires_at = new Date(portal.clock.now() + minute).toISOString()
    const { id } = await createdLicense(reseller, { expires_at })
    portal.clock.advance(minute - 1)
    await portal.emulator.deliverWebhooks()
    expect(names()).toEqual([])
    portal.clock.advance(1)
    await portal.emulator.deliverWebhooks()
    expect(names()).toEqual(['license.expired'])
    await createdLicense(await portal.as('reseller'))
    await portal.emulator.deliverWebhooks()
    expect(receiver.received.map(({ event }) => [event.event, event.data.license_id])).toEqual([
      ['license.expired', id],
    ])
  })

  it('tell of an end that the staff brings forward', async () => {
    const { portal, reseller } = await withWebhook(portalUnderTest(), ['license.expired'])
    const { license_key } = await createdLicense(reseller)
    portal.emulator.setLicense(license_key, { expiresAt: portal.clock.now() - minute })
    await portal.emulator.deliverWebhooks()
    expect(names()).toEqual(['license.expired'])
  })

  it('tell of licenses that are revoked with their client, and of one that is deleted', async () => {
    const { portal, reseller } = await withWebhook(portalUnderTest(), ['license.revoked'])
    const { body: client } = await reseller.post('/clients', { email: 'owner@shop.example', name: 'Shop' })
    const first = await createdLicense(reseller, { customer_id: client.id })
    const second = await createdLicense(reseller)
    await reseller.delete(`/clients/${client.id}`)
    await reseller.delete(`/licenses/${second.id}`)
    await reseller.delete(`/licenses/${first.id}`)
    await portal.emulator.deliverWebhooks()
    expect(receiver.received.map(({ event }) => event.data.license_id)).toEqual([first.id, second.id])
  })

  it('reach only the account that owns the license, and only those that it asked for', async () => {
    const { portal, reseller } = await withWebhook(portalUnderTest(), ['license.revoked'])
    const mine = await createdLicense(reseller)
    const agency = await portal.as('agency')
    const other = await createdLicense(agency)
    await agency.post(`/licenses/${other.id}/revoke`)
    await reseller.post(`/licenses/${mine.id}/revoke`)
    await portal.emulator.deliverWebhooks()
    expect(receiver.received.map(({ event }) => [event.event, event.data.license_id])).toEqual([
      ['license.revoked', mine.id],
    ])
  })
})
