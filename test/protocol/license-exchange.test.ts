import { describe, expect, it } from 'vitest'
import { signLicenseToken } from '../../src/issuing/index.js'
import {
  buildLicenseRequest,
  readDeactivationResponse,
  readLicenseResponse,
} from '../../src/protocol/exchange/license.js'
import {
  hubKey,
  issuedAt,
  licenseClaims,
  licenseToken,
  noProof,
  offlineToken,
  pinnedProof,
  question,
  strangerKey,
} from './tokens-under-test.js'

const license = {
  license_key: question.licenseKey,
  product_slug: question.product,
  domain: question.domain,
  tier: 'business',
  status: 'active',
  expires_at: '2027-01-15T12:00:00Z',
  activated_at: '2026-01-15T12:00:00+00:00',
  features: ['checkout'],
  activations: { used: 1, limit: 3 },
  server_time: '2026-01-15T12:00:00Z',
  token: null,
}

const respond = (body: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify(body)),
})
const read = (change: object, proof = noProof) =>
  readLicenseResponse(respond({ ...license, ...change }), question, proof, issuedAt)
const setback = (reason: string) => ({ kind: 'setback', reason, retryAfterMs: null })

describe('the question about a license', () => {
  it('is asked in the words of the contract', () => {
    expect(buildLicenseRequest(question)).toEqual({
      license_key: 'FLVR-ABCD-EFGH-IJKL-MNOP',
      product_slug: 'flavor-starter',
      domain: 'mysite.com',
      installation_id: 'installation-1',
      product_version: '1.4.2',
      nonce: question.nonce,
    })
  })
})

describe('the answer of a hub that is not pinned', () => {
  it('counts as it stands', () => {
    expect(read({})).toEqual({
      kind: 'answer',
      answer: {
        entitlement: {
          basis: 'hub',
          status: 'active',
          tier: 'business',
          features: ['checkout'],
          expiresAt: Date.parse('2027-01-15T12:00:00Z'),
          issuedAt,
          leaseEndsAt: null,
        },
        activations: { used: 1, limit: 3 },
        token: null,
      },
    })
  })

  it('reads a lifetime license, unlimited activations and a license that is not activated', () => {
    const answer = read({
      expires_at: null,
      activated_at: null,
      activations: { used: 0, limit: -1 },
      status: 'inactive',
    })
    expect(answer).toMatchObject({
      answer: { entitlement: { expiresAt: null, status: 'inactive' }, activations: { used: 0, limit: null } },
    })
  })

  it('keeps no token that nobody can check', () => {
    expect(read({ token: 'x.y.z' })).toMatchObject({ kind: 'answer', answer: { token: null } })
  })
})

describe('an answer about something else', () => {
  it.each([
    ['another license', { license_key: 'FLVR-ZZZZ-ZZZZ-ZZZZ-ZZZZ' }],
    ['another product', { product_slug: 'flavor-bakery' }],
    ['another domain', { domain: 'other.com' }],
  ])('is none: %s', (_, change) => {
    expect(read(change)).toEqual(setback('unexpected-answer'))
    expect(read({ ...change, token: licenseToken }, pinnedProof)).toEqual(setback('unexpected-answer'))
  })
})

describe('the answer of a pinned hub', () => {
  it('counts by its token, whatever the body says beside it', () => {
    const reading = read({ token: licenseToken, tier: 'agency', status: 'revoked', expires_at: null }, pinnedProof)
    expect(reading).toMatchObject({
      kind: 'answer',
      answer: {
        token: licenseToken,
        entitlement: { tier: 'starter', status: 'active', leaseEndsAt: licenseClaims.exp * 1000 },
      },
    })
  })

  it('counts for nothing without a token', () => {
    expect(read({}, pinnedProof)).toEqual(setback('proof-missing'))
  })

  it.each([
    ['of an unknown key', signLicenseToken(strangerKey, licenseClaims)],
    ['that answers an earlier question', signLicenseToken(hubKey, { ...licenseClaims, nonce: 'ZWFybGllcg' })],
    ['about another machine', signLicenseToken(hubKey, { ...licenseClaims, installation_id: 'installation-2' })],
    ['that was issued by hand', offlineToken],
    ['that is none', 'token'],
    ['that is empty', ''],
  ])('counts for nothing with a token %s', (_, token) => {
    expect(read({ token }, pinnedProof)).toEqual({ ...setback('proof-invalid'), detail: expect.any(String) })
  })

  it('is no answer with a token that is no text', () => {
    expect(read({ token: 5 }, pinnedProof)).toEqual(setback('unexpected-answer'))
  })
})

describe('what is no answer', () => {
  it.each([
    ['a refusal', respond({ detail: 'License not found', code: 'license_not_found' }, 404), 'refusal'],
    ['a failure', respond({}, 500), 'setback'],
    ['a page', { status: 200, headers: { 'content-type': 'text/html' }, body: new Uint8Array() }, 'setback'],
  ])('is passed on: %s', (_, response, kind) => {
    expect(readLicenseResponse(response, question, pinnedProof, issuedAt).kind).toBe(kind)
    expect(readDeactivationResponse(response, issuedAt).kind).toBe(kind)
  })
})

describe('the answer to a deactivation', () => {
  it.each([
    [
      { deactivated: true, activations: { used: 0, limit: 1 } },
      { deactivated: true, activations: { used: 0, limit: 1 } },
    ],
    [
      { deactivated: false, activations: { used: 2, limit: -1 } },
      { deactivated: false, activations: { used: 2, limit: null } },
    ],
  ])('%j says how it ended and what is left', (body, answer) => {
    expect(readDeactivationResponse(respond(body), issuedAt)).toEqual({ kind: 'answer', answer })
  })

  it('is none in another shape', () => {
    expect(readDeactivationResponse(respond({ deactivated: 'yes' }), issuedAt)).toEqual(setback('unexpected-answer'))
  })
})
