import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type RawDelivery, reverifyOnWebhook, verifyWebhook } from '../../src/portal/index.js'
import { emulatedHub, key, otherKey } from '../client/emulated-hub.js'

const secret = '5ec2e7'.padEnd(64, '0')
const now = Date.parse('2026-01-15T12:00:00Z')
const text =
  '{"event":"license.revoked","timestamp":"2026-01-15T12:00:00+00:00","data":{"license_id":12,' +
  '"license_key":"FLVR-ABCD-EFGH-IJKL-MNOP","tier":"starter","product_slug":"flavor-starter","note":"größer"}}'

const sign = (body: string | Uint8Array, by = secret) => `sha256=${createHmac('sha256', by).update(body).digest('hex')}`

function delivery(changes: Partial<RawDelivery> = {}, body: string | Uint8Array = text): RawDelivery {
  const headers = {
    'user-agent': 'FlavorHub-Webhook/1.0',
    'X-Hub-Event': 'license.revoked',
    'X-Hub-Signature-256': sign(body),
  }
  return { body, headers, secret, now, ...changes }
}

const revoked = {
  outcome: 'verified',
  event: {
    event: 'license.revoked',
    timestamp: now,
    data: {
      licenseId: 12,
      licenseKey: 'FLVR-ABCD-EFGH-IJKL-MNOP',
      tier: 'starter',
      productSlug: 'flavor-starter',
      domain: null,
    },
  },
}

describe('a delivery', () => {
  it.each([
    ['text', text],
    ['a Buffer', Buffer.from(text)],
    ['bytes', new TextEncoder().encode(text)],
    ['bytes in the midst of others', new Uint8Array(Buffer.from(`xx${text}xx`)).subarray(2, -2)],
  ])('is verified as %s', async (_, body) => {
    expect(await verifyWebhook(delivery({}, body))).toEqual(revoked)
  })

  it('is verified as a Request of the Fetch API', async () => {
    const { headers } = delivery()
    const request = new Request('https://shop.example/hook', {
      method: 'POST',
      headers: { ...headers } as Record<string, string>,
      body: text,
    })
    expect(await verifyWebhook({ request, secret, now })).toEqual(revoked)
    await expect(verifyWebhook({ request, secret, now })).rejects.toMatchObject({ code: 'invalid-option' })
  })

  it.each([
    ['as Node lowers them', { 'x-hub-event': 'license.revoked', 'x-hub-signature-256': sign(text) }],
    ['as lists', { 'x-hub-signature-256': [sign(text)] }],
    ['as Headers', new Headers({ 'X-Hub-Signature-256': sign(text) })],
  ])('is verified with its headers %s', async (_, headers) => {
    expect(await verifyWebhook(delivery({ headers }))).toEqual(revoked)
  })

  const other = text.replace('revoked', 'created')
  const cases: readonly [string, RawDelivery][] = [
    ['signature-missing', delivery({ headers: {} })],
    ['signature-missing', delivery({ headers: { 'x-hub-signature-256': undefined } })],
    ['signature-malformed', delivery({ headers: { 'x-hub-signature-256': '' } })],
    ['signature-malformed', delivery({ headers: { 'x-hub-signature-256': sign(text).slice(0, -1) } })],
    ['signature-malformed', delivery({ headers: { 'x-hub-signature-256': sign(text).replace('sha256', 'sha1') } })],
    ['signature-malformed', delivery({ headers: { 'x-hub-signature-256': [sign(text), sign(text)] } })],
    ['signature-wrong', delivery({ secret: 'another' })],
    ['signature-wrong', delivery({ headers: { 'x-hub-signature-256': sign(other) } })],
    ['signature-wrong', delivery({ body: `${text} ` })],
    ['signature-wrong', delivery({ body: JSON.stringify(JSON.parse(text), null, 1) })],
    ['not-an-event', delivery({}, '{"event":"license.revoked"}')],
    ['not-an-event', delivery({}, 'nonsense')],
    ['event-mismatch', delivery({}, other)],
    ['too-old', delivery({ now: now + 300_001 })],
    ['too-new', delivery({ now: now - 300_001 })],
    ['too-old', delivery({ now: now + 1_001, toleranceMs: 1_000 })],
    ['too-old', delivery({ now: now + 1, toleranceMs: 0 })],
  ]

  it.each(cases)('is rejected: %s', async (reason, rejected) => {
    expect(await verifyWebhook(rejected)).toEqual({
      outcome: 'rejected',
      reason,
      message: expect.stringMatching(/^The .*\.$/),
    })
  })

  it('is rejected whichever bit of it is flipped', async () => {
    const bytes = Buffer.from(text)
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(await verifyWebhook(delivery({ body: flipped }))).toMatchObject({ reason: 'signature-wrong' })
    }
  })

  it.each([now - 300_000, now + 300_000])('is taken within five minutes, to the millisecond: %i', async (present) => {
    expect(await verifyWebhook(delivery({ now: present }))).toEqual(revoked)
  })

  it('of a kind that nobody knows yet is genuine all the same', async () => {
    const body = text.replace('license.revoked', 'license.of-tomorrow')
    const outcome = await verifyWebhook({ ...delivery({}, body), headers: { 'x-hub-signature-256': sign(body) } })
    expect(outcome).toEqual({ outcome: 'unknown-event', name: 'license.of-tomorrow', timestamp: now })
  })

  it.each([
    ['a body that has been parsed', { body: JSON.parse(text) }],
    ['no body', { body: undefined }],
    ['an empty secret', { secret: '' }],
    ['no secret', { secret: undefined }],
    ['a tolerance that is none', { toleranceMs: -1 }],
  ])('with %s is the mistake of its caller', async (_, changes) => {
    const wrong: RawDelivery = Object.assign(delivery(), changes)
    await expect(verifyWebhook(wrong)).rejects.toMatchObject({ code: 'invalid-option' })
  })
})

describe('an event that takes a license away', () => {
  const event = (name: 'license.revoked' | 'license.created', data: object = {}) => ({
    event: name,
    timestamp: now,
    data: { licenseId: 12, licenseKey: key, tier: 'starter', productSlug: 'flavor-starter', domain: null, ...data },
  })

  it('lets the running client ask at once, and lowers nothing by itself', async () => {
    const hub = emulatedHub()
    const client = hub.client()
    await client.activate(key)
    const before = hub.asked()
    expect(await reverifyOnWebhook(client, event('license.revoked'))).toMatchObject({
      state: 'licensed',
      source: 'hub',
    })
    hub.emulator.setLicense(key, { status: 'revoked' })
    expect(client.status()).toMatchObject({ state: 'licensed' })
    expect(await reverifyOnWebhook(client, event('license.revoked'))).toMatchObject({
      state: 'unlicensed',
      reason: 'revoked',
    })
    expect(client.status()).toMatchObject({ state: 'unlicensed', reason: 'revoked' })
    expect(hub.asked() - before).toBe(2)
  })

  it.each([
    ['of another kind', event('license.created')],
    ['about another license', event('license.revoked', { licenseKey: otherKey })],
    ['about another domain', event('license.revoked', { domain: 'other.example' })],
  ])('%s asks nothing', async (_, other) => {
    const hub = emulatedHub()
    const client = hub.client()
    await client.activate(key)
    const before = hub.asked()
    expect(await reverifyOnWebhook(client, other)).toBeNull()
    expect(hub.asked()).toBe(before)
  })
})
