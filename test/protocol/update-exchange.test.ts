import { describe, expect, it } from 'vitest'
import { signReleaseToken } from '../../src/issuing/index.js'
import {
  buildUpdateCheckRequest,
  buildUpdateInfoRequest,
  readUpdateCheckResponse,
  readUpdateInfoResponse,
  type UpdateQuestion,
} from '../../src/protocol/exchange/update.js'
import type { ReleaseTokenExpectation } from '../../src/protocol/release-token.js'
import {
  hubKey,
  issuedAt,
  licenseKey,
  licenseToken,
  releaseClaims,
  releaseExpectation,
  releaseFacts,
  releaseToken,
  scope,
  strangerKey,
} from './tokens-under-test.js'

const question: UpdateQuestion = {
  licenseKey,
  product: scope.product,
  domain: scope.domain,
  currentVersion: '1.4.2',
  channel: null,
}

const release = {
  ...releaseFacts,
  released_at: '2026-01-10T08:00:00Z',
  channel: 'stable',
  changelog_url: 'https://hub.example/changelog',
  requires: { product: '>=1.2.0' },
  filename: 'flavor-starter-1.5.0.zip',
  mandatory: true,
  token: null,
}
const check = {
  update_available: true,
  product_slug: scope.product,
  current_version: '1.4.2',
  latest_version: '1.5.0',
  release,
}

const unpinned: ReleaseTokenExpectation = { ...releaseExpectation, keys: new Map() }
const respond = (body: unknown, status = 200) => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: new TextEncoder().encode(JSON.stringify(body)),
})
const read = (change: object, proof = unpinned) =>
  readUpdateCheckResponse(respond({ ...check, ...change }), question, proof, issuedAt)
const setback = (reason: string) => ({ kind: 'setback', reason, retryAfterMs: null })

describe('the question about updates', () => {
  it('is asked in the words of the contract, with a channel only where one is chosen', () => {
    const body = {
      license_key: 'FLVR-ABCD-EFGH-IJKL-MNOP',
      product_slug: 'flavor-starter',
      domain: 'mysite.com',
      current_version: '1.4.2',
    }
    expect(buildUpdateCheckRequest(question)).toEqual(body)
    expect(buildUpdateCheckRequest({ ...question, channel: 'beta' })).toEqual({ ...body, channel: 'beta' })
  })
})

describe('an offer', () => {
  const offer = {
    slug: 'flavor-starter',
    version: '1.5.0',
    releasedAt: Date.parse('2026-01-10T08:00:00Z'),
    channel: 'stable',
    changelogUrl: 'https://hub.example/changelog',
    requiresProduct: '>=1.2.0',
    mandatory: true,
    size: releaseFacts.size,
    sha256: releaseFacts.sha256,
    filename: 'flavor-starter-1.5.0.zip',
    issuedAt: null,
    token: null,
  }

  it('counts as it stands where no key is pinned', () => {
    expect(read({})).toEqual({ kind: 'answer', answer: { latestVersion: '1.5.0', release: offer } })
  })

  it('counts with its token where keys are pinned', () => {
    expect(read({ release: { ...release, token: releaseToken } }, releaseExpectation)).toEqual({
      kind: 'answer',
      answer: { latestVersion: '1.5.0', release: { ...offer, issuedAt, token: releaseToken } },
    })
  })

  it('may require nothing, say nothing and be skipped', () => {
    const { mandatory: _, ...optional } = release
    for (const requires of [null, {}]) {
      expect(read({ release: { ...optional, requires, changelog_url: null } })).toMatchObject({
        answer: { release: { requiresProduct: null, changelogUrl: null, mandatory: false } },
      })
    }
  })

  it('may be none', () => {
    const none = { update_available: false, latest_version: '1.4.2', release: null }
    for (const proof of [unpinned, releaseExpectation]) {
      expect(read(none, proof)).toEqual({ kind: 'answer', answer: { latestVersion: '1.4.2', release: null } })
    }
  })

  it.each([
    ['for another product', { product_slug: 'flavor-bakery' }],
    ['of something else', { release: { ...release, slug: 'payments-blik' } }],
    ['without a size', { release: { ...release, size: undefined } }],
    ['of a negative size', { release: { ...release, size: -1 } }],
    ['of a size that is text', { release: { ...release, size: '12' } }],
    ['of a size that a double cannot hold', { release: { ...release, size: 2 ** 53 } }],
    ['without a digest', { release: { ...release, sha256: null } }],
    ['released on no day', { release: { ...release, released_at: '2026-02-30T00:00:00Z' } }],
  ])('is no answer %s', (_, change) => {
    expect(read(change)).toEqual(setback('unexpected-answer'))
  })

  it('counts for nothing without a token where keys are pinned', () => {
    expect(read({}, releaseExpectation)).toEqual(setback('proof-missing'))
  })

  it.each([
    ['of an unknown key', signReleaseToken(strangerKey, releaseClaims)],
    ['for another file', signReleaseToken(hubKey, { ...releaseClaims, sha256: 'cd'.repeat(32) })],
    ['for an older version', signReleaseToken(hubKey, { ...releaseClaims, version: '1.4.0' })],
    ['that has ended', signReleaseToken(hubKey, { ...releaseClaims, exp: issuedAt / 1000 })],
    ['of a license', licenseToken],
  ])('counts for nothing with a token %s', (_, token) => {
    expect(read({ release: { ...release, token } }, releaseExpectation)).toEqual(setback('proof-invalid'))
  })

  it('is passed on when it is a refusal', () => {
    const response = respond({ detail: 'License expired' }, 403)
    expect(readUpdateCheckResponse(response, question, unpinned, issuedAt)).toEqual({
      kind: 'refusal',
      code: 'license_expired',
      fields: [],
      activations: null,
    })
  })
})

describe('the changelog of a release', () => {
  const info = (change: object, version: string | null, proof = unpinned) =>
    readUpdateInfoResponse(
      respond({ ...release, changelog: '# 1.5.0', ...change }),
      scope.product,
      version,
      proof,
      issuedAt,
    )

  it('is asked for by version, or is that of the latest', () => {
    const body = { license_key: licenseKey, product_slug: scope.product, domain: scope.domain }
    expect(buildUpdateInfoRequest(question, null)).toEqual(body)
    expect(buildUpdateInfoRequest(question, '1.5.0')).toEqual({ ...body, version: '1.5.0' })
  })

  it('comes with its release', () => {
    for (const version of [null, '1.5.0']) {
      expect(info({}, version)).toMatchObject({ answer: { changelog: '# 1.5.0', release: { version: '1.5.0' } } })
    }
  })

  it.each([
    ['of another version', {}, '1.4.0', 'unexpected-answer'],
    ['of another product', { slug: 'flavor-bakery' }, null, 'unexpected-answer'],
    ['without a text', { changelog: null }, null, 'unexpected-answer'],
  ])('does not count %s', (_what, change, version, reason) => {
    expect(info(change, version)).toEqual(setback(reason))
  })

  it('does not count without a proof where keys are pinned', () => {
    expect(info({}, null, releaseExpectation)).toEqual(setback('proof-missing'))
  })
})
