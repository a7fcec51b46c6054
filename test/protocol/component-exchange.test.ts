import { describe, expect, it } from 'vitest'
import { signReleaseToken } from '../../src/issuing/index.js'
import {
  buildComponentCheckRequest,
  buildComponentsRequest,
  readComponentCatalogResponse,
  readComponentCheckResponse,
  readComponentListResponse,
} from '../../src/protocol/exchange/component.js'
import type { ReleaseTokenExpectation } from '../../src/protocol/release-token.js'
import {
  hubKey,
  issuedAt,
  licenseKey,
  releaseClaims,
  releaseExpectation,
  releaseFacts,
  releaseToken,
  scope,
} from './tokens-under-test.js'

const question = { licenseKey, product: scope.product, domain: scope.domain }
const body = { license_key: licenseKey, product_slug: scope.product, domain: scope.domain }
const slug = 'card-payments'
const onWire = { slug, name: 'Card payments', category: 'payment-gateway', version: '2.1.0', required_tier: 'starter' }
const component = {
  slug,
  name: 'Card payments',
  category: 'payment-gateway',
  version: '2.1.0',
  requiredTier: 'starter',
}

const respond = (json: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify(json)),
})

describe('a question about components', () => {
  it('is asked in the words of the contract', () => {
    expect(buildComponentsRequest(question)).toEqual(body)
    const installed = { [slug]: '2.0.0' }
    expect(buildComponentCheckRequest({ ...question, installed })).toEqual({ ...body, installed })
  })
})

describe('an answer about components', () => {
  it.each([
    ['in a page', { items: [onWire] }],
    ['bare', [onWire]],
  ])('is read %s', (_, json) => {
    expect(readComponentListResponse(respond(json), issuedAt)).toEqual({ kind: 'answer', answer: [component] })
  })

  it('says of the whole catalog what the license includes', () => {
    const items = [
      { ...onWire, entitled: true },
      { ...onWire, entitled: false },
    ]
    expect(readComponentCatalogResponse(respond({ items }), issuedAt)).toEqual({
      kind: 'answer',
      answer: [
        { ...component, entitled: true },
        { ...component, entitled: false },
      ],
    })
  })

  it.each([
    ['a list of something else', { items: [{ ...onWire, required_tier: 3 }] }],
    ['no list', { items: 'none' }],
    ['nothing', null],
  ])('is none when it is %s', (_, json) => {
    const reading = { kind: 'setback', reason: 'unexpected-answer', retryAfterMs: null }
    expect(readComponentListResponse(respond(json), issuedAt)).toEqual(reading)
  })

  it('may be a refusal', () => {
    const refusal = respond({ detail: 'License revoked', code: 'license_revoked' }, 403)
    expect(readComponentCatalogResponse(refusal, issuedAt)).toMatchObject({
      kind: 'refusal',
      code: 'license_revoked',
    })
  })
})

describe('an offer for a component', () => {
  const token = signReleaseToken(hubKey, { ...releaseClaims, slug })
  const release = {
    ...releaseFacts,
    slug,
    released_at: '2026-01-10T08:00:00Z',
    channel: 'stable',
    changelog_url: null,
    requires: null,
    filename: 'card-payments.zip',
    token,
  }
  const update = { slug, current_version: '2.0.0', latest_version: '1.5.0', update_available: true, release }
  const read = (items: readonly object[], proof: ReleaseTokenExpectation = releaseExpectation) =>
    readComponentCheckResponse(respond({ items }), proof, issuedAt)
  const offer = { ...releaseFacts, slug, filename: 'card-payments.zip', requiresProduct: null, mandatory: false }

  it('counts with its proof', () => {
    expect(read([update])).toMatchObject({
      kind: 'answer',
      answer: [{ slug, latestVersion: '1.5.0', release: offer, problem: null }],
    })
  })

  it('counts without one where no key is pinned', () => {
    const unpinned = { ...releaseExpectation, keys: new Map() }
    expect(read([{ ...update, release: { ...release, token: null } }], unpinned)).toMatchObject({
      answer: [{ release: offer, problem: null }],
    })
  })

  it.each([
    ['proof-missing', { token: null }],
    // Genuine, but about the product: a mix-up that would put one program in place of another.
    ['proof-invalid', { token: releaseToken }],
    ['proof-invalid', { sha256: 'cd'.repeat(32) }],
    ['unexpected-answer', { slug: 'parcel-courier' }],
  ])('does not count (%s), and does not stand in the way of another', (problem, change) => {
    const wrong = { ...update, release: { ...release, ...change } }
    expect(read([wrong, update])).toMatchObject({
      answer: [
        { slug, release: null, problem },
        { slug, release: offer, problem: null },
      ],
    })
  })

  it('is none where there is nothing newer', () => {
    expect(read([{ ...update, update_available: false, release: null }])).toMatchObject({
      answer: [{ slug, release: null, problem: null }],
    })
  })
})
