import { describe, expect, it } from 'vitest'
import {
  buildApiKeyCreation,
  readApiKeyList,
  readCreatedApiKey,
} from '../../../src/protocol/exchange/portal/api-key.js'
import {
  buildLoginRequest,
  buildRefreshRequest,
  readLoginResponse,
  readRefreshResponse,
} from '../../../src/protocol/exchange/portal/auth.js'
import { buildClientCreation, readClient, readClientList } from '../../../src/protocol/exchange/portal/client.js'
import { fieldNames, portalMeaning } from '../../../src/protocol/exchange/portal/errors.js'
import {
  buildBulkCreation,
  buildLicenseCreation,
  buildLicenseQuery,
  readBulk,
  readLicense,
  readLicenseChange,
  readLicenseList,
  readPackCredits,
  readUsage,
} from '../../../src/protocol/exchange/portal/license.js'
import { buildListQuery } from '../../../src/protocol/exchange/portal/list.js'
import { type PortalReader, readRemoval } from '../../../src/protocol/exchange/portal/reading.js'
import {
  buildWebhookCreation,
  readCreatedWebhook,
  readWebhookList,
} from '../../../src/protocol/exchange/portal/webhook.js'
import { portalErrorStatus } from '../../../src/protocol/wire/portal/error.js'
import {
  account,
  accountJson,
  apiKey,
  apiKeyJson,
  client,
  clientJson,
  createdApiKeyJson,
  createdWebhookJson,
  license,
  licenseJson,
  licenseWith,
  rawKey,
  secret,
  webhook,
  webhookJson,
} from '../../portal/documented-portal.js'

const now = Date.parse('2026-01-15T12:00:00Z')

function response(status: number, body: string, contentType = 'application/json') {
  return { status, headers: { 'content-type': contentType }, body: new TextEncoder().encode(body) }
}

const error = (status: number, detail: unknown, code?: string) => response(status, JSON.stringify({ detail, code }))

describe('an error of the portal', () => {
  it.each(Object.entries(portalErrorStatus).filter(([code]) => code !== 'rate_limited'))(
    'is told by its code, %s with %i',
    (code, status) => {
      expect(readLicense(error(status, 'In other words', code), now)).toMatchObject({ kind: 'refusal', code })
    },
  )

  it.each([
    [400, 'A user with this email already exists', 'email_exists'],
    [400, 'E-mail exists', 'email_exists'],
    [400, 'Expiry out of range', 'expires_at_out_of_range'],
    [400, 'At most 10 API keys', 'api_key_limit_reached'],
    [400, 'Invalid input', 'invalid_input'],
    [401, 'Could not validate credentials', 'not_authenticated'],
    [401, 'Not authenticated', 'not_authenticated'],
    [403, 'Not enough credits', 'insufficient_credits'],
    [403, 'License limit reached', 'license_limit_reached'],
    [403, 'Insufficient permissions', 'permission_denied'],
    [404, 'License not found', 'license_not_found'],
    [404, 'Product not found', 'product_not_found'],
    [404, 'Client not found', 'client_not_found'],
    [404, 'Customer not found', 'client_not_found'],
    [404, 'API key not found', 'api_key_not_found'],
    [404, 'Webhook not found', 'webhook_not_found'],
    [404, 'Activation not found', 'activation_not_found'],
    [404, 'Nothing of the kind', null],
    [409, 'Conflict', null],
    [422, 'Sentence', 'validation_error'],
    [400, { reason: 'an object' }, 'invalid_input'],
  ])('is told by status and sentence without a code: %i %j', (status, detail, code) => {
    expect(readLicense(error(status, detail), now)).toMatchObject({ kind: 'refusal', code, fields: [] })
  })

  it('that only a router can have sent is none', () => {
    expect(readLicense(error(404, 'Not Found'), now)).toMatchObject({ kind: 'setback', reason: 'wrong-route' })
  })

  it('has a meaning for every code', () => {
    expect(Object.keys(portalMeaning).sort()).toEqual(['invalid_input', ...Object.keys(portalErrorStatus)].sort())
  })
})

describe('the fields of a validation error', () => {
  it.each([
    [['product_id'], ['productId']],
    [['expires_at', 'expires_at'], ['expiresAt']],
    [
      ['query.per_page', 'path.id'],
      ['perPage', 'id'],
    ],
    [['events.0'], ['events.0']],
    [['FLVR-ABCD-EFGH-IJKL-MNOP', 'my password', 'a@b.example', '', 'x'.repeat(60)], []],
  ])('%j are called %j', (wire, names) => {
    expect(fieldNames(wire)).toEqual(names)
  })
})

describe('a change', () => {
  it.each([
    ['a license', response(200, licenseJson), license],
    ['no body', response(204, '', ''), null],
    ['another body', response(200, '{"message":"done"}'), null],
  ])('is read from %s', (_, received, answer) => {
    expect(readLicenseChange(received, now)).toEqual({ kind: 'answer', answer })
  })

  it.each([
    ['a page', response(200, '<html>', 'text/html'), 'not-json'],
    ['a redirect', response(302, ''), 'redirected'],
  ])('is not read from %s', (_, received, reason) => {
    expect(readLicenseChange(received, now)).toMatchObject({ kind: 'setback', reason })
  })

  it('that removes something is read from 204, and from 200 with null', () => {
    expect(readRemoval(response(204, '', ''), now)).toEqual({ kind: 'answer', answer: null })
    expect(readRemoval(response(200, 'null'), now)).toEqual({ kind: 'answer', answer: null })
  })
})

describe('an answer of the portal', () => {
  const list = (item: unknown) => ({ items: [item], total: null, perPage: null })

  it.each<[string, PortalReader<unknown>, string, unknown]>([
    [
      'a login',
      readLoginResponse,
      `{"access_token":"a","refresh_token":"r","user":${accountJson}}`,
      { accessToken: 'a', refreshToken: 'r', account },
    ],
    ['a client', readClient, clientJson, client],
    ['clients', readClientList, `[${clientJson}]`, list(client)],
    ['API keys', readApiKeyList, `[${apiKeyJson}]`, list(apiKey)],
    ['a new API key', readCreatedApiKey, createdApiKeyJson, { ...apiKey, rawKey }],
    ['webhooks', readWebhookList, `[${webhookJson}]`, list(webhook)],
    ['a new webhook', readCreatedWebhook, createdWebhookJson, { ...webhook, secret }],
    ['licenses that were made together', readBulk, `{"items":[${licenseJson}]}`, [license]],
    [
      'the use of a limit',
      readUsage,
      '{"total_licenses":3,"limit":10,"remaining":7}',
      { totalLicenses: 3, limit: 10, remaining: 7 },
    ],
    [
      'packs',
      readPackCredits,
      '{"total_credits":47,"packs":[{"pack_id":1,"pack_size":50,"bundle":null,"used":3,"remaining":47,"status":"active"}]}',
      {
        totalCredits: 47,
        packs: [{ packId: 1, packSize: 50, bundle: null, used: 3, remaining: 47, status: 'active' }],
      },
    ],
  ])('is read: %s', (_, read, body, answer) => {
    expect(read(response(200, body), now)).toEqual({ kind: 'answer', answer })
  })
})

describe('a question to the portal', () => {
  it.each([
    ['a login', buildLoginRequest('shop@example.com', 'secret'), { email: 'shop@example.com', password: 'secret' }],
    ['a refresh', buildRefreshRequest('r'), { refresh_token: 'r' }],
    ['an API key', buildApiKeyCreation('CI'), { name: 'CI' }],
    ['a page', buildListQuery(2, 50), { page: '2', per_page: '50' }],
    ['several licenses', buildBulkCreation({ productId: 1, tier: 'x' }, 5), { product_id: 1, tier: 'x', quantity: 5 }],
  ])('is written: %s', (_, request, wire) => {
    expect(request).toEqual(wire)
  })
})

describe('a lifetime license', () => {
  it('has no end', () => {
    expect(readLicense(response(201, licenseWith({ expires_at: null })), now)).toEqual({
      kind: 'answer',
      answer: { ...license, expiresAt: null },
    })
  })
})

describe('a list', () => {
  it('is read bare and in the envelope', () => {
    expect(readLicenseList(response(200, `[${licenseJson}]`), now)).toEqual({
      kind: 'answer',
      answer: { items: [license], total: null, perPage: null },
    })
    const envelope = `{"items": [${licenseJson}], "total": 150, "page": 1, "per_page": 25}`
    expect(readLicenseList(response(200, envelope), now)).toEqual({
      kind: 'answer',
      answer: { items: [license], total: 150, perPage: 25 },
    })
  })
})

describe('a refresh', () => {
  it.each([
    ['{"access_token":"a"}', null],
    ['{"access_token":"a","refresh_token":"r"}', 'r'],
  ])('may bring the next refresh token or not: %s', (body, refreshToken) => {
    expect(readRefreshResponse(response(200, body), now)).toEqual({
      kind: 'answer',
      answer: { accessToken: 'a', refreshToken, account: null },
    })
  })
})

describe('what is left out', () => {
  it('is the choice of the hub', () => {
    expect(buildLicenseQuery({})).toEqual({})
    expect(buildLicenseQuery({ status: 'active', source: 'nfr', search: 'anna' })).toEqual({
      status: 'active',
      source: 'nfr',
      search: 'anna',
    })
    expect(buildLicenseCreation({ productId: 1 })).toEqual({ product_id: 1 })
    expect(buildLicenseCreation({ productId: 1, tier: 'x', expiresAt: null, customerId: 3 })).toEqual({
      product_id: 1,
      tier: 'x',
      expires_at: null,
      customer_id: 3,
    })
    expect(buildLicenseCreation({ productId: 1, expiresAt: now })).toEqual({
      product_id: 1,
      expires_at: '2026-01-15T12:00:00Z',
    })
    expect(buildClientCreation({ email: 'a', name: 'b' })).toEqual({ email: 'a', name: 'b' })
    expect(buildClientCreation({ email: 'a', name: 'b', company: null })).toEqual({
      email: 'a',
      name: 'b',
      company: null,
    })
    expect(buildWebhookCreation({ url: 'u', events: [] })).toEqual({ url: 'u', events: [] })
    expect(buildWebhookCreation({ url: 'u', events: [], description: 'd' })).toEqual({
      url: 'u',
      events: [],
      description: 'd',
    })
  })
})
