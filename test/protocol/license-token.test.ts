import { describe, expect, it } from 'vitest'
import { licenseKeySubject, signLicenseToken } from '../../src/issuing/index.js'
import { openLicenseToken } from '../../src/protocol/license-token.js'
import { tokenType } from '../../src/protocol/wire/token.js'
import {
  formerKey,
  headerText,
  hubKey,
  issuedAt,
  licenseClaims,
  licenseExpectation,
  licenseToken,
  offlineToken,
  releaseToken,
  sealText,
  strangerKey,
} from './tokens-under-test.js'

const seconds = issuedAt / 1000

function problemOf(token: string, expected = licenseExpectation) {
  const opened = openLicenseToken(token, expected)
  return opened.ok ? undefined : opened.problem
}

/** Signed as it stands, whether or not it is what a hub would sign. */
const signed = (claims: object) => sealText(headerText(tokenType.license), JSON.stringify(claims))
const without = (name: string) => Object.fromEntries(Object.entries(licenseClaims).filter(([key]) => key !== name))

describe('a license token', () => {
  it('proves what it says', () => {
    expect(openLicenseToken(licenseToken, licenseExpectation)).toEqual({
      ok: true,
      entitlement: {
        basis: 'hub',
        status: 'active',
        tier: 'starter',
        features: ['checkout', 'courier-tracking'],
        expiresAt: issuedAt + 365 * 86_400_000,
        issuedAt,
        leaseEndsAt: issuedAt + 30 * 86_400_000,
      },
    })
  })

  it.each(['active', 'revoked', 'expired', 'inactive'] as const)('proves the status %s', (status) => {
    const opened = openLicenseToken(signLicenseToken(hubKey, { ...licenseClaims, status }), licenseExpectation)
    expect(opened).toMatchObject({ ok: true, entitlement: { status } })
  })

  it('proves a lifetime license, a tier of tomorrow, no features, and fractions of a second', () => {
    const claims = { ...licenseClaims, license_exp: null, tier: 'platinum', features: [], iat: seconds + 0.25 }
    expect(openLicenseToken(signLicenseToken(hubKey, claims), licenseExpectation)).toMatchObject({
      ok: true,
      entitlement: { expiresAt: null, tier: 'platinum', features: [], issuedAt: issuedAt + 250 },
    })
  })

  it('may hold claims that this version does not know', () => {
    expect(problemOf(signed({ ...licenseClaims, seats: 5, jti: 'x' }))).toBeUndefined()
  })

  it('holds for the record without the nonce that it once answered, which nobody remembers', () => {
    expect(problemOf(licenseToken, { ...licenseExpectation, nonce: null })).toBeUndefined()
    expect(problemOf(signed(without('nonce')), { ...licenseExpectation, nonce: null })).toBeUndefined()
  })
})

describe('a genuine token about something else', () => {
  it.each([
    ['another hub', { iss: 'https://other.example/api/v1' }],
    ['the same hub spelled with a slash', { iss: `${licenseClaims.iss}/` }],
    ['the same hub in capitals', { iss: 'https://HUB.example/api/v1' }],
    ['another product', { aud: 'flavor-bakery' }],
    ['another domain', { domain: 'other.com' }],
    ['a subdomain', { domain: 'shop.mysite.com' }],
    ['another license', { sub: licenseKeySubject('FLVR-ZZZZ-ZZZZ-ZZZZ-ZZZZ') }],
    ['another installation', { installation_id: 'installation-2' }],
  ])('is foreign: %s', (_, claims) => {
    expect(problemOf(signLicenseToken(hubKey, { ...licenseClaims, ...claims }))).toBe('foreign')
  })

  it('is foreign when it names no installation: it could be carried to any', () => {
    expect(problemOf(signed(without('installation_id')))).toBe('foreign')
  })

  it('is replayed when it answers another question, or none', () => {
    expect(problemOf(signLicenseToken(hubKey, { ...licenseClaims, nonce: 'YW5vdGhlcg' }))).toBe('replayed')
    expect(problemOf(signLicenseToken(hubKey, { ...licenseClaims, nonce: '' }))).toBe('replayed')
    expect(problemOf(signed(without('nonce')))).toBe('replayed')
  })
})

describe('a token of another kind or key', () => {
  it.each([
    ['an offline license', offlineToken, 'wrong-type'],
    ['a release token', releaseToken, 'wrong-type'],
    ['a record', sealText(headerText(tokenType.record), JSON.stringify(licenseClaims)), 'wrong-type'],
    ['one of an unknown key', signLicenseToken(strangerKey, licenseClaims), 'unknown-key'],
    [
      'one of an unknown key under a known name',
      signLicenseToken({ ...strangerKey, keyId: 'k2' }, licenseClaims),
      'bad-signature',
    ],
    [
      'one of a pinned key under the name of another',
      signLicenseToken({ ...hubKey, keyId: 'k1' }, licenseClaims),
      'bad-signature',
    ],
    ['nothing', '', 'malformed'],
  ])('is refused: %s', (_, token, problem) => {
    expect(problemOf(token)).toBe(problem)
  })

  it('is accepted under the former key while that is pinned', () => {
    expect(problemOf(signLicenseToken(formerKey, licenseClaims))).toBeUndefined()
  })
})

describe('claims that are not those of a license', () => {
  const required = ['iss', 'sub', 'aud', 'domain', 'tier', 'features', 'status', 'license_exp', 'iat', 'exp']

  it.each(required)('are refused without %s', (name) => {
    expect(problemOf(signed(without(name)))).toBe('malformed-claims')
  })

  it.each([...required.filter((name) => name !== 'license_exp'), 'installation_id', 'nonce'])(
    'are refused with %s as null',
    (name) => {
      expect(problemOf(signed({ ...licenseClaims, [name]: null }))).toBe('malformed-claims')
    },
  )

  it.each([
    ['a hub that is no text', { iss: 5 }],
    ['several products', { aud: ['flavor-starter', 'flavor-bakery'] }],
    ['the license key itself', { sub: 'FLVR-ABCD-EFGH-IJKL-MNOP' }],
    ['a digest in capitals', { sub: licenseClaims.sub.toUpperCase() }],
    ['features that are no list', { features: 'checkout' }],
    ['a feature that is no text', { features: ['checkout', 1] }],
    ['a status of tomorrow', { status: 'suspended' }],
    ['a time as text', { iat: '1768478400' }],
    ['a time before the epoch', { iat: -1 }],
    ['an end as text', { exp: '1768478400' }],
    ['an end in milliseconds of a far future', { exp: 8_640_000_000_001 }],
    ['an end of the license that is a date', { license_exp: '2027-01-15T12:00:00Z' }],
  ])('are refused with %s', (_, claims) => {
    expect(problemOf(signed({ ...licenseClaims, ...claims }))).toBe('malformed-claims')
  })

  const json = JSON.stringify(licenseClaims)

  it.each([
    ['no JSON', 'claims'],
    ['a list', `[${json}]`],
    ['null', 'null'],
    ['an end beyond all numbers', json.replace(/"exp":\d+/, '"exp":1e400')],
    ['a byte order mark', `\uFEFF${json}`],
    ['a status that stands twice', json.replace('"status":', '"status":"revoked","status":')],
    ['claims left to the prototype', json.replace('"status":"active"', '"__proto__":{"status":"active"}')],
    ['a lone surrogate', json.replace('"starter"', '"\\ud800"')],
    ['ten thousand levels', json.replace('{', `{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)},`)],
  ])('are refused as %s', (_, text) => {
    expect(problemOf(sealText(headerText(tokenType.license), text))).toBe('malformed-claims')
  })
})

describe('odd times', () => {
  it.each([
    ['a lease that ended before it began', { exp: seconds - 1 }, { leaseEndsAt: issuedAt - 1000 }],
    ['a token from the future', { iat: seconds + 86_400 }, { issuedAt: issuedAt + 86_400_000 }],
    ['a token from the epoch', { iat: 0 }, { issuedAt: 0 }],
    ['the last second that a date can hold', { exp: 8_640_000_000_000 }, { leaseEndsAt: 8.64e15 }],
  ])('are facts for the rules of the clock, not reasons to refuse: %s', (_, claims, times) => {
    const token = signLicenseToken(hubKey, { ...licenseClaims, ...claims })
    expect(openLicenseToken(token, licenseExpectation)).toMatchObject({ ok: true, entitlement: times })
  })
})
