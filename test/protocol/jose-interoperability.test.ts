import {
  CompactSign,
  compactVerify,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  jwtVerify,
  SignJWT,
} from 'jose'
import { describe, expect, it } from 'vitest'
import { nodeSignature } from '../../src/adapters/node-signature.js'
import { loadTweetnaclSignature } from '../../src/adapters/tweetnacl-signature.js'
import { decodeBase64Url } from '../../src/protocol/base64url.js'
import { openJws } from '../../src/protocol/jws.js'
import { openLicenseToken } from '../../src/protocol/license-token.js'
import { openReleaseToken } from '../../src/protocol/release-token.js'
import { tokenType } from '../../src/protocol/wire/token.js'
import {
  clientKey,
  fullRecord,
  hubKey,
  issuedAt,
  licenseClaims,
  licenseExpectation,
  licenseToken,
  offlineToken,
  releaseClaims,
  releaseExpectation,
  releaseFacts,
  releaseToken,
  seal,
} from './tokens-under-test.js'

const publicJwk = (x: string) => importJWK({ kty: 'OKP', crv: 'Ed25519', x }, 'EdDSA')
const privateJwk = (x: string, d: string) => importJWK({ kty: 'OKP', crv: 'Ed25519', x, d }, 'EdDSA')
const implementations = [
  ['node:crypto', nodeSignature],
  ['tweetnacl', await loadTweetnaclSignature()],
] as const

describe('jose verifies what this package signs', () => {
  it.each([
    ['a license token', licenseToken, tokenType.license],
    ['an offline license', offlineToken, tokenType.offlineLicense],
    ['a release token', releaseToken, tokenType.release],
  ])('%s', async (_, token, typ) => {
    const { payload, protectedHeader } = await jwtVerify(token, await publicJwk(hubKey.publicKey), {
      algorithms: ['EdDSA'],
      typ,
      issuer: licenseClaims.iss,
      audience: licenseClaims.aud,
      currentDate: new Date(issuedAt),
    })
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: 'k2', typ })
    expect(payload['aud']).toBe(licenseClaims.aud)
  })

  it('a record', async () => {
    const { payload, protectedHeader } = await compactVerify(seal(fullRecord), await publicJwk(clientKey.publicKey))
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: 'client', typ: tokenType.record })
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ record: fullRecord })
  })

  it('and refuses it under another key', async () => {
    await expect(compactVerify(licenseToken, await publicJwk(clientKey.publicKey))).rejects.toThrow(/signature/)
  })
})

describe.each(implementations)('this package, by %s, opens what jose signs', (_, { verify }) => {
  it('with a key that both know', async () => {
    const key = await privateJwk(hubKey.publicKey, hubKey.seed)
    const sign = (claims: object, typ: string) =>
      new SignJWT({ ...claims }).setProtectedHeader({ alg: 'EdDSA', kid: 'k2', typ }).sign(key)

    const license = await sign(licenseClaims, tokenType.license)
    expect(openLicenseToken(license, { ...licenseExpectation, verify })).toMatchObject({
      ok: true,
      entitlement: { tier: 'starter', issuedAt },
    })
    const release = await sign(releaseClaims, tokenType.release)
    expect(openReleaseToken(release, releaseFacts, { ...releaseExpectation, verify })).toMatchObject({ ok: true })
  })

  it('with a key that jose made and exported', async () => {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true })
    const { x = '' } = await exportJWK(pair.publicKey)
    const raw = decodeBase64Url(x)
    if (!raw) throw new Error('jose exported a key in another spelling.')
    const token = await new CompactSign(new TextEncoder().encode('any bytes'))
      .setProtectedHeader({ alg: 'EdDSA', kid: 'fresh', typ: tokenType.license })
      .sign(pair.privateKey)
    const opened = openJws(token, { type: tokenType.license, keys: new Map([['fresh', raw]]), verify })
    expect(opened).toEqual({ ok: true, payload: new TextEncoder().encode('any bytes'), keyId: 'fresh' })
  })

  it('but not when jose adds something to the header', async () => {
    const key = await privateJwk(hubKey.publicKey, hubKey.seed)
    const token = await new SignJWT({ ...licenseClaims })
      .setProtectedHeader({
        alg: 'EdDSA',
        kid: 'k2',
        typ: tokenType.license,
        jwk: { kty: 'OKP', crv: 'Ed25519', x: hubKey.publicKey },
      })
      .sign(key)
    expect(decodeProtectedHeader(token)).toHaveProperty('jwk')
    expect(openLicenseToken(token, { ...licenseExpectation, verify })).toEqual({
      ok: false,
      problem: 'unsupported-header',
    })
  })
})
