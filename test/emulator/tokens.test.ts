import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { licenseKeySubject } from '../../src/issuing/index.js'
import { type AnswerBody, hubUnderTest, keys, request, startsAt } from './hub-under-test.js'

const seconds = startsAt / 1000

async function verified(token: string | null | undefined, trusted: Readonly<Record<string, string>>, typ: string) {
  if (typeof token !== 'string') throw new Error('The answer has no token.')
  const { kid } = decodeProtectedHeader(token)
  const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: trusted[kid ?? ''] ?? '' }, 'EdDSA')
  return jwtVerify(token, key, {
    algorithms: ['EdDSA'],
    typ,
    audience: 'flavor-starter',
    issuer: 'https://hub.example/api/v1',
    currentDate: new Date(startsAt),
  })
}

function claimsOf(token: string | null): { iat: number } {
  return JSON.parse(Buffer.from(token?.split('.')[1] ?? '', 'base64url').toString())
}

describe('the license token', () => {
  it('is one that an independent library verifies, and says what the answer says', async () => {
    const { postJson, emulator } = hubUnderTest()
    const { body } = await postJson('/license/activate', { installation_id: 'here', nonce: 'once' })
    const { payload, protectedHeader } = await verified(body.token, emulator.keys, 'flavor-license+jwt')
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: 'emulator-test-2', typ: 'flavor-license+jwt' })
    expect(payload).toEqual({
      iss: 'https://hub.example/api/v1',
      sub: licenseKeySubject(keys.starter),
      aud: 'flavor-starter',
      domain: 'mysite.com',
      installation_id: 'here',
      tier: 'starter',
      features: ['checkout', 'courier-tracking'],
      status: 'active',
      license_exp: seconds + 365 * 86_400,
      iat: seconds,
      exp: seconds + 30 * 86_400,
      nonce: 'once',
    })
    expect(JSON.stringify(payload)).not.toContain(keys.starter)
  })

  it.each([
    ['revoked', keys.revoked],
    ['expired', keys.expired],
    ['inactive', keys.starter],
  ])('vouches for %s too', async (status, license_key) => {
    const { postJson, emulator } = hubUnderTest()
    const { body } = await postJson('/license/verify', { license_key })
    const { payload } = await verified(body.token, emulator.keys, 'flavor-license+jwt')
    expect(payload).toMatchObject({ status })
    expect(payload).not.toHaveProperty('nonce')
    expect(payload).not.toHaveProperty('installation_id')
  })

  it('lasts as long as the lease and names the base URL of the options', async () => {
    const { postJson } = hubUnderTest({ leaseMs: 90_000, baseUrl: 'https://hub.example/api/v1/' })
    const { body } = await postJson('/license/verify', { license_key: keys.lifetime })
    const claims = claimsOf(body.token)
    expect(claims).toMatchObject({ exp: claims.iat + 90, license_exp: null, iss: 'https://hub.example/api/v1' })
  })

  it('is null, and no key is published, where the hub signs nothing', async () => {
    const { postJson, emulator } = hubUnderTest({ signing: false })
    expect((await postJson('/license/activate')).body.token).toBeNull()
    const { body } = await postJson('/update/check', { current_version: '1.4.2' })
    expect(body.release?.token).toBeNull()
    expect(emulator.keys).toEqual({})
  })

  it('names the URL that the emulator listens on', async () => {
    const { emulator } = hubUnderTest()
    const { url, close } = await emulator.listen()
    const response = await fetch(`${url}/license/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
    })
    const { token } = (await response.json()) as AnswerBody
    await close()
    expect(claimsOf(token)).toMatchObject({ iss: url })
  })
})

describe('the release token', () => {
  it('vouches for version, size and digest of the very bytes that are served', async () => {
    const { post, postJson, emulator } = hubUnderTest()
    await postJson('/license/activate')
    const { body } = await postJson('/update/check', { current_version: '1.4.2' })
    const { payload } = await verified(body.release?.token, emulator.keys, 'flavor-release+jwt')
    const file = new Uint8Array(await (await post('/update/download', { version: '1.5.0' })).arrayBuffer())
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', file)).toString('hex')
    expect(payload).toEqual({
      iss: 'https://hub.example/api/v1',
      aud: 'flavor-starter',
      slug: 'flavor-starter',
      version: '1.5.0',
      sha256: digest,
      size: file.byteLength,
      iat: seconds,
      exp: seconds + 7 * 86_400,
    })
    expect(body.release).toMatchObject({ sha256: digest, size: 262_714 })
  })
})
