import { describe, expect, it } from 'vitest'
import { signOfflineLicenseToken } from '../../src/issuing/index.js'
import { openOfflineLicense } from '../../src/protocol/offline-license.js'
import { tokenType } from '../../src/protocol/wire/token.js'
import {
  headerText,
  hubKey,
  issuedAt,
  licenseToken,
  offlineClaims,
  offlineExpectation,
  offlineToken,
  releaseToken,
  sealText,
  strangerKey,
} from './tokens-under-test.js'

function problemOf(token: string, expected = offlineExpectation) {
  const opened = openOfflineLicense(token, expected)
  return opened.ok ? undefined : opened.problem
}

describe('an offline license', () => {
  it('proves what it says, and whose license it is', () => {
    expect(openOfflineLicense(offlineToken, offlineExpectation)).toEqual({
      ok: true,
      subject: offlineClaims.sub,
      entitlement: {
        basis: 'offline',
        status: 'active',
        tier: 'starter',
        features: ['checkout', 'courier-tracking'],
        expiresAt: issuedAt + 365 * 86_400_000,
        issuedAt,
        leaseEndsAt: issuedAt + 30 * 86_400_000,
      },
    })
  })

  it('is good for any installation when it names none', () => {
    const { installation_id: _, ...anyInstallation } = offlineClaims
    const token = signOfflineLicenseToken(hubKey, anyInstallation)
    expect(problemOf(token)).toBeUndefined()
    expect(problemOf(token, { ...offlineExpectation, installation: 'installation-2' })).toBeUndefined()
  })

  it.each([
    ['another hub', { iss: 'https://other.example/api/v1' }, 'wrong-hub'],
    ['another product', { aud: 'flavor-bakery' }, 'wrong-product'],
    ['another domain', { domain: 'other.com' }, 'wrong-domain'],
    ['another installation', { installation_id: 'installation-2' }, 'wrong-installation'],
  ])('for %s is refused with the reason', (_, claims, problem) => {
    expect(problemOf(signOfflineLicenseToken(hubKey, { ...offlineClaims, ...claims }))).toBe(problem)
  })

  it.each([
    ['the answer of a hub to another machine', licenseToken, 'wrong-type'],
    ['a release token', releaseToken, 'wrong-type'],
    ['one of an unknown key', signOfflineLicenseToken(strangerKey, offlineClaims), 'unknown-key'],
    ['one under a wrong name', signOfflineLicenseToken({ ...hubKey, keyId: 'k1' }, offlineClaims), 'bad-signature'],
    ['one without claims', sealText(headerText(tokenType.offlineLicense), '{}'), 'malformed-claims'],
    ['half of one', offlineToken.slice(0, offlineToken.length / 2), 'malformed'],
  ])('is not %s', (_, token, problem) => {
    expect(problemOf(token)).toBe(problem)
  })
})
