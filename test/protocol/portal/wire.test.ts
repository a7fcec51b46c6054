import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  apiKeyCreationSchema,
  apiKeyPattern,
  apiKeySchema,
  createdApiKeySchema,
} from '../../../src/protocol/wire/portal/api-key.js'
import {
  emailRequestSchema,
  loginRequestSchema,
  loginSchema,
  messageSchema,
  refreshRequestSchema,
  refreshSchema,
  registerRequestSchema,
} from '../../../src/protocol/wire/portal/auth.js'
import { clientCreationSchema, clientSchema } from '../../../src/protocol/wire/portal/client.js'
import { portalErrorStatus } from '../../../src/protocol/wire/portal/error.js'
import {
  bulkCreationSchema,
  bulkSchema,
  licenseCreationSchema,
  packCreditsSchema,
  portalLicenseSchema,
  usageSchema,
} from '../../../src/protocol/wire/portal/license.js'
import { listSchema, pageSchema } from '../../../src/protocol/wire/portal/page.js'
import {
  createdWebhookSchema,
  webhookCreationSchema,
  webhookSchema,
} from '../../../src/protocol/wire/portal/webhook.js'
import { webhookEventSchema } from '../../../src/protocol/wire/portal/webhook-event.js'
import type { Schema } from '../../../src/protocol/wire/primitives.js'

const createdAt = '2026-01-10T08:00:00Z'
const user = { id: 7, email: 'shop@example.com', name: 'Shop', type: 'reseller' }
const license = {
  id: 12,
  license_key: 'FLVR-ABCD-EFGH-IJKL-MNOP',
  product: { id: 1, name: 'Flavor Starter', slug: 'flavor-starter' },
  tier: 'platinum',
  status: 'active',
  source: 'bulk_pack',
  expires_at: null,
  activations: [{ domain: 'mysite.com', activated_at: createdAt }],
  customer_id: null,
  created_at: createdAt,
}
const pack = { pack_id: 1, pack_size: 50, bundle: null, used: 3, remaining: 47, status: 'active' }
const client = { id: 3, email: 'a@b.example', name: 'A', company: null, license_count: 0 }
const apiKey = { id: 1, name: 'CI', prefix: '0123abcd', created_at: createdAt }
const webhook = {
  id: 1,
  url: 'https://shop.example/hook',
  events: ['license.created', 'license.of-tomorrow'],
  is_active: true,
  description: null,
  created_at: createdAt,
}
const event = {
  event: 'license.revoked',
  timestamp: '2026-01-10T08:00:00+00:00',
  data: { license_id: 12, license_key: license.license_key, tier: 'starter', product_slug: 'flavor-starter' },
}

const tables: readonly [string, Schema<unknown>, readonly unknown[], readonly unknown[]][] = [
  ['a login', loginRequestSchema, [{ email: 'a', password: 'b' }], [{ email: 'a' }, { email: 1, password: 'b' }]],
  [
    'the answer to a login',
    loginSchema,
    [{ access_token: 'a', refresh_token: 'r', user }],
    [
      { access_token: 'a', refresh_token: 'r' },
      { access_token: 'a', user },
      { access_token: 'a', refresh_token: 'r', user: { ...user, type: 'owner' } },
    ],
  ],
  ['a refresh', refreshRequestSchema, [{ refresh_token: 'r' }], [{}]],
  [
    'the answer to a refresh',
    refreshSchema,
    [{ access_token: 'a' }, { access_token: 'a', refresh_token: 'r' }],
    [{ refresh_token: 'r' }, { access_token: 'a', refresh_token: null }],
  ],
  [
    'a registration',
    registerRequestSchema,
    [{ email: 'a', password: 'b', name: 'c' }],
    [{ email: 'a', password: 'b' }],
  ],
  ['a request about an address', emailRequestSchema, [{ email: 'a' }], [{}, ['a']]],
  ['a message', messageSchema, [{ message: 'Sent.' }], [{}]],
  [
    'a license of the portal',
    portalLicenseSchema,
    [license, { ...license, expires_at: '2027-01-10T08:00:00Z', customer_id: 3, tomorrow: 1 }],
    [
      { ...license, status: 'inactive' },
      { ...license, source: 'gift' },
      { ...license, id: '12' },
      { ...license, product: 'flavor-starter' },
      { ...license, created_at: '2026-01-10 08:00' },
    ],
  ],
  [
    'the creation of a license',
    licenseCreationSchema,
    [{ product_id: 1 }, { product_id: 1, tier: 'business', expires_at: null, customer_id: 3 }],
    [{}, { product_id: 1, expires_at: 'soon' }, { product_id: 1.5 }],
  ],
  [
    'the creation of many licenses',
    bulkCreationSchema,
    [{ product_id: 1, quantity: 100 }],
    [{ product_id: 1 }, { quantity: 1 }, { product_id: 1, quantity: -1 }],
  ],
  ['many created licenses', bulkSchema, [{ items: [] }, { items: [license] }], [[license], { items: [{}] }]],
  [
    'the usage',
    usageSchema,
    [
      { total_licenses: 2, limit: 5, remaining: 3 },
      { total_licenses: 2, limit: -1, remaining: -1 },
    ],
    [
      { total_licenses: 2, limit: 5 },
      { total_licenses: -1, limit: 5, remaining: 3 },
    ],
  ],
  [
    'the credits of packs',
    packCreditsSchema,
    [
      { total_credits: 47, packs: [pack] },
      { total_credits: 0, packs: [{ ...pack, bundle: 'shop' }] },
    ],
    [{ total_credits: 47 }, { total_credits: 47, packs: [{ ...pack, used: '3' }] }],
  ],
  ['a client', clientSchema, [client, { ...client, company: 'A Ltd' }], [{ ...client, license_count: undefined }]],
  [
    'the creation of a client',
    clientCreationSchema,
    [
      { email: 'a', name: 'b' },
      { email: 'a', name: 'b', company: null },
    ],
    [{ email: 'a' }, { name: 'b' }],
  ],
  ['the creation of an API key', apiKeyCreationSchema, [{ name: 'CI' }], [{}, { name: null }]],
  ['an API key', apiKeySchema, [apiKey], [{ ...apiKey, prefix: undefined }]],
  ['a created API key', createdApiKeySchema, [{ ...apiKey, raw_key: 'fh_live_' }], [apiKey]],
  [
    'the creation of a webhook',
    webhookCreationSchema,
    [
      { url: 'https://a.example', events: [] },
      { url: 'https://a.example', events: ['license.created'], description: null },
    ],
    [{ url: 'https://a.example' }, { events: [] }, { url: 'https://a.example', events: 'license.created' }],
  ],
  ['a webhook', webhookSchema, [webhook], [{ ...webhook, is_active: 1 }]],
  ['a created webhook', createdWebhookSchema, [{ ...webhook, secret: 'ab' }], [webhook]],
  [
    'an event',
    webhookEventSchema,
    [event, { ...event, event: 'license.of-tomorrow', data: { ...event.data, domain: 'mysite.com', more: 1 } }],
    [{ ...event, data: {} }, { ...event, timestamp: 1 }, { event: 'license.revoked' }],
  ],
]

describe.each(tables)('%s', (_, schema, good, bad) => {
  it.each(good.map((value) => [value]))('is read: %j', (value) => {
    expect(v.is(schema, value)).toBe(true)
  })

  it.each(bad.map((value) => [value]))('is not read: %j', (value) => {
    expect(v.is(schema, value)).toBe(false)
  })
})

describe('a list', () => {
  const page = { items: [client], total: 150, page: 1, per_page: 25 }

  it('is read as a bare array and in the envelope', () => {
    expect(v.parse(listSchema(clientSchema), [client])).toEqual([client])
    expect(v.parse(listSchema(clientSchema), page)).toEqual(page)
    expect(v.parse(pageSchema(clientSchema), page)).toEqual(page)
  })

  it.each([
    ['an envelope without a total', { ...page, total: undefined }],
    ['a wrong item in the envelope', { ...page, items: [{}] }],
    ['a wrong item in the array', [{}]],
    ['an object that is neither', {}],
  ])('is not read from %s', (_, value) => {
    expect(v.is(listSchema(clientSchema), value)).toBe(false)
  })
})

describe('an API key', () => {
  it.each([
    [`fh_live_${'0123456789'.repeat(4)}`, true],
    [`fh_live_${'abcdef0123'.repeat(4)}`, true],
    [`fh_live_${'ABCDEF0123'.repeat(4)}`, false],
    [`fh_live_${'0'.repeat(39)}`, false],
    [`fh_live_${'0'.repeat(41)}`, false],
    [`fh_test_${'0'.repeat(40)}`, false],
  ])('is fh_live_ and 40 hex digits: %s is %s', (text, good) => {
    expect(apiKeyPattern.test(text)).toBe(good)
  })
})

describe('the error codes of the portal', () => {
  it('come with the statuses that FlavorTeam documents', () => {
    expect([...new Set(Object.values(portalErrorStatus))]).toEqual([400, 401, 403, 404, 422, 429])
  })
})
