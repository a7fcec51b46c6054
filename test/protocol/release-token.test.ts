import { describe, expect, it } from 'vitest'
import { signReleaseToken } from '../../src/issuing/index.js'
import { openReleaseToken } from '../../src/protocol/release-token.js'
import { tokenType } from '../../src/protocol/wire/token.js'
import {
  formerKey,
  headerText,
  hubKey,
  issuedAt,
  licenseToken,
  offlineToken,
  releaseClaims,
  releaseExpectation,
  releaseFacts,
  releaseToken,
  sealText,
  strangerKey,
} from './tokens-under-test.js'

const problemOf = (token: string, facts = releaseFacts, expected = releaseExpectation) => {
  const opened = openReleaseToken(token, facts, expected)
  return opened.ok ? undefined : opened.problem
}
const signed = (claims: object) => sealText(headerText(tokenType.release), JSON.stringify(claims))

describe('a release token', () => {
  it('vouches for exactly the stated release', () => {
    expect(problemOf(releaseToken)).toBeUndefined()
    expect(problemOf(signReleaseToken(formerKey, releaseClaims))).toBeUndefined()
  })

  it('says since when', () => {
    expect(openReleaseToken(releaseToken, releaseFacts, releaseExpectation)).toEqual({ ok: true, issuedAt })
  })

  it('may be a little ahead of the clock here, and no more', () => {
    const at = (time: number) => problemOf(releaseToken, releaseFacts, { ...releaseExpectation, time })
    expect(at(issuedAt - 300_000)).toBeUndefined()
    expect(at(issuedAt - 300_001)).toBe('from-the-future')
  })

  it('vouches for a component of the product', () => {
    const facts = { ...releaseFacts, slug: 'payments-blik' }
    expect(problemOf(signReleaseToken(hubKey, { ...releaseClaims, ...facts }), facts)).toBeUndefined()
  })

  it.each([
    ['another file', { sha256: 'cd'.repeat(32) }],
    ['another size', { size: releaseFacts.size + 1 }],
    ['a newer version than it is', { version: '1.6.0' }],
    ['the same version with build metadata', { version: '1.5.0+1' }],
    ['another component', { slug: 'payments-blik' }],
  ])('does not vouch for %s', (_, facts) => {
    expect(problemOf(releaseToken, { ...releaseFacts, ...facts })).toBe('different')
  })

  it.each([
    ['another hub', { iss: 'https://other.example/api/v1' }],
    ['another product', { aud: 'flavor-bakery' }],
  ])('of %s is foreign', (_, claims) => {
    expect(problemOf(signReleaseToken(hubKey, { ...releaseClaims, ...claims }))).toBe('foreign')
  })

  it('is stale from the very moment of its end', () => {
    const at = (time: number) => problemOf(releaseToken, releaseFacts, { ...releaseExpectation, time })
    const end = releaseClaims.exp * 1000
    expect(at(issuedAt)).toBeUndefined()
    expect(at(end - 1)).toBeUndefined()
    expect(at(end)).toBe('stale')
    expect(at(end + 1)).toBe('stale')
  })

  it.each([
    ['a license token', licenseToken, 'wrong-type'],
    ['an offline license', offlineToken, 'wrong-type'],
    ['one of an unknown key', signReleaseToken(strangerKey, releaseClaims), 'unknown-key'],
    ['one under a wrong name', signReleaseToken({ ...hubKey, keyId: 'k1' }, releaseClaims), 'bad-signature'],
    ['nothing', '', 'malformed'],
  ])('is not %s', (_, token, problem) => {
    expect(problemOf(token)).toBe(problem)
  })

  it.each(Object.keys(releaseClaims))('is refused without %s', (name) => {
    const claims = Object.fromEntries(Object.entries(releaseClaims).filter(([key]) => key !== name))
    expect(problemOf(signed(claims))).toBe('malformed-claims')
  })

  it.each([
    ['a negative size', { size: -1 }],
    ['half a byte', { size: 0.5 }],
    ['a size that a double cannot hold', { size: 2 ** 53 }],
    ['a size as text', { size: '12' }],
    ['a digest in capitals', { sha256: 'AB'.repeat(32) }],
    ['a short digest', { sha256: 'ab' }],
    ['a digest with another after it', { sha256: `${'ab'.repeat(32)}\n${'ab'.repeat(32)}` }],
    ['a version that is no text', { version: 1.5 }],
    ['an end as text', { exp: '9999999999' }],
    ['a start before the epoch', { iat: -1 }],
  ])('is refused with %s', (_, claims) => {
    expect(problemOf(signed({ ...releaseClaims, ...claims }))).toBe('malformed-claims')
  })

  it('is refused with a digest that stands twice', () => {
    const text = JSON.stringify(releaseClaims).replace('"sha256":', `"sha256":"${'cd'.repeat(32)}","sha256":`)
    expect(problemOf(sealText(headerText(tokenType.release), text))).toBe('malformed-claims')
  })
})
