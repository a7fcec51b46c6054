import { describe, expect, it } from 'vitest'
import { signLicenseToken } from '../../src/issuing/index.js'
import { openLicenseToken } from '../../src/protocol/license-token.js'
import { describeDoubt } from '../../src/protocol/token-doubt.js'
import { tokenType } from '../../src/protocol/wire/token.js'
import { headerText, hubKey, licenseClaims, licenseExpectation, sealText, strangerKey } from './tokens-under-test.js'

function doubtAbout(token: string): string {
  const opened = openLicenseToken(token, licenseExpectation)
  if (opened.ok) throw new Error('There is nothing to doubt.')
  return describeDoubt(token, opened.problem, licenseExpectation)
}

const { iss, ...withoutIssuer } = licenseClaims
const elsewhere = iss.replace('//', '//other.')
const pinned = [...licenseExpectation.keys.keys()].map((name) => JSON.stringify(name)).join(', ')

describe('what does not fit about a token', () => {
  it.each([
    [
      'another hub',
      signLicenseToken(hubKey, { ...licenseClaims, iss: elsewhere }),
      `the token names the hub "${elsewhere}", and hub.url is "${iss}"`,
    ],
    [
      'another hub, by another key',
      signLicenseToken(strangerKey, { ...licenseClaims, iss: elsewhere }),
      `the token names the hub "${elsewhere}", and hub.url is "${iss}"`,
    ],
    [
      'a key that is not pinned',
      signLicenseToken(strangerKey, licenseClaims),
      `the token names the key "${strangerKey.keyId}", and pinned are ${pinned}`,
    ],
    [
      'another key under a pinned name',
      signLicenseToken({ ...strangerKey, keyId: hubKey.keyId }, licenseClaims),
      `the key that is pinned as "${hubKey.keyId}" is not the one that signed`,
    ],
    ['another domain', signLicenseToken(hubKey, { ...licenseClaims, domain: 'other.com' }), 'foreign'],
    ['no hub at all', sealText(headerText(tokenType.license), JSON.stringify(withoutIssuer)), 'malformed-claims'],
    ['no key at all', sealText('{"alg":"EdDSA"}', JSON.stringify(licenseClaims)), 'unsupported-header'],
    ['no token at all', 'a.b', 'malformed'],
    ['nothing that could be read', '!.!.!', 'malformed'],
  ])('%s', (_what, token, doubt) => {
    expect(doubtAbout(token)).toBe(doubt)
  })

  it('is quoted in one line and cut short: whoever answers might write into the logs of the product', () => {
    const iss = `https://evil.example/\n${'x'.repeat(500)}`
    const doubt = doubtAbout(signLicenseToken(hubKey, { ...licenseClaims, iss }))
    expect(doubt).toMatch(/^the token names the hub "https:\/\/evil\.example\/\\nx+…", and hub\.url is "[^"]+"$/)
    expect(doubt.length).toBeLessThan(200)
  })
})
