import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { decodeJwt, importJWK, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import {
  generateSigningKey,
  type InstallationName,
  isIssuingError,
  issueOfflineLicense,
  type OfflineLicenseTerms,
  parseInstallation,
} from '../../src/issuing/index.js'

const key = generateSigningKey('vendor')
const noon = Date.parse('2026-01-15T12:00:00Z')
const day = 86_400_000

const terms: OfflineLicenseTerms = {
  hub: 'https://hub.example/api/v1/',
  product: 'flavor-starter',
  domain: 'https://www.MySite.com:8443/shop',
  installation: { id: 'AAECAwQFBgcICQoLDA0ODw' },
  licenseKey: 'flvr-abcd-efgh-ijkl-mnop',
  tier: 'business',
  features: ['erp', 'checkout', 'erp'],
  expiresAt: noon + 400 * day + 999,
  validity: { days: 30 },
  now: noon + 1,
}

function problemOf(changes: object): { code: string; message: string } {
  try {
    issueOfflineLicense(key, { ...terms, ...changes })
  } catch (error) {
    if (isIssuingError(error)) return { code: error.code, message: error.message }
    throw error
  }
  throw new Error('A license was issued.')
}

describe('an offline license', () => {
  it('says what it was issued for, normalized as the client does, in whole seconds', () => {
    const { token, ...license } = issueOfflineLicense(key, terms)
    expect(license).toEqual({
      keyId: 'vendor',
      hub: 'https://hub.example/api/v1',
      product: 'flavor-starter',
      domain: 'mysite.com',
      installationId: 'AAECAwQFBgcICQoLDA0ODw',
      tier: 'business',
      features: ['erp', 'checkout'],
      issuedAt: noon,
      expiresAt: noon + 400 * day,
      validUntil: noon + 30 * day,
    })
    expect(decodeJwt(token)).toEqual({
      iss: 'https://hub.example/api/v1',
      sub: createHash('sha256').update('FLVR-ABCD-EFGH-IJKL-MNOP').digest('hex'),
      aud: 'flavor-starter',
      domain: 'mysite.com',
      installation_id: 'AAECAwQFBgcICQoLDA0ODw',
      tier: 'business',
      features: ['erp', 'checkout'],
      status: 'active',
      license_exp: (noon + 400 * day) / 1000,
      iat: noon / 1000,
      exp: (noon + 30 * day) / 1000,
    })
    expect(Buffer.from(token, 'base64url').toString()).not.toContain('ABCD-EFGH')
  })

  it('verifies under another library, as a kind of its own', async () => {
    const { token } = issueOfflineLicense(key, terms)
    const publicKey = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, 'EdDSA')
    const { protectedHeader } = await jwtVerify(token, publicKey, { currentDate: new Date(noon) })
    expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: 'vendor', typ: 'flavor-offline-license+jwt' })
  })

  it('may last for a lifetime, until a time, and on any installation', () => {
    const { token, ...license } = issueOfflineLicense(key, {
      ...terms,
      installation: 'any',
      expiresAt: null,
      validity: { until: noon + day + 1 },
      features: undefined,
    })
    expect(license).toMatchObject({ installationId: null, expiresAt: null, validUntil: noon + day, features: [] })
    expect(decodeJwt(token)).toMatchObject({ license_exp: null })
    expect(decodeJwt(token)).not.toHaveProperty('installation_id')
  })

  it('without a license key belongs to none: no two have the same subject', () => {
    const subjects = [1, 2].map(
      () => decodeJwt(issueOfflineLicense(key, { ...terms, licenseKey: undefined }).token).sub,
    )
    expect(subjects[0]).toMatch(/^[0-9a-f]{64}$/)
    expect(subjects[0]).not.toBe(subjects[1])
  })

  it('resolves the domain auto as the installation does', () => {
    const digest = createHash('sha256').update('AAECAwQFBgcICQoLDA0ODw').digest('hex')
    expect(issueOfflineLicense(key, { ...terms, domain: 'auto' }).domain).toBe(`${digest.slice(0, 16)}.device.invalid`)
  })

  it.each<[string, object, string]>([
    ['a hub without https', { hub: 'http://hub.example/api/v1' }, 'invalid-hub-url'],
    ['a hub that is none', { hub: undefined }, 'invalid-hub-url'],
    ['a product that is no slug', { product: 'Flavor Starter' }, 'invalid-product-slug'],
    ['a domain that is none', { domain: 'my site' }, 'invalid-domain'],
    ['auto on any installation', { domain: 'auto', installation: 'any' }, 'invalid-domain'],
    ['no installation', { installation: undefined }, 'missing-installation'],
    ['an empty installation', { installation: { id: '' } }, 'invalid-installation'],
    ['an endless installation', { installation: { id: 'x'.repeat(257) } }, 'invalid-installation'],
    ['a misheard installation', { installation: { spoken: '0000' } }, 'misheard-installation'],
    ['a license key that is none', { licenseKey: 'FLVR-ABCD' }, 'invalid-license-key'],
    ['an empty tier', { tier: '' }, 'invalid-tier'],
    ['a tier with a line break', { tier: 'a\nb' }, 'invalid-tier'],
    ['a tier with blanks around it', { tier: ' pro' }, 'invalid-tier'],
    ['an empty feature', { features: ['erp', ''] }, 'invalid-features'],
    ['features that are a text', { features: 'erp' }, 'invalid-features'],
    ['an end that has passed', { expiresAt: noon }, 'invalid-expiry'],
    ['an end that is no time', { expiresAt: Number.NaN }, 'invalid-expiry'],
    ['an end that is forgotten', { expiresAt: undefined }, 'invalid-expiry'],
    ['no validity', { validity: undefined }, 'invalid-validity'],
    ['no days', { validity: { days: 0 } }, 'invalid-validity'],
    ['days without end', { validity: { days: Number.POSITIVE_INFINITY } }, 'invalid-validity'],
    ['a validity that has passed', { validity: { until: noon } }, 'invalid-validity'],
  ])('is not issued for %s', (_name, changes, code) => {
    const problem = problemOf(changes)
    expect(problem.code).toBe(code)
    expect(problem.message).toMatch(/^[A-Z][^\n]*\.$/)
  })

  it('is not issued under a key whose halves do not belong together', () => {
    const wrong = { ...key, publicKey: generateSigningKey().publicKey }
    expect(() => issueOfflineLicense(wrong, terms)).toThrow(expect.objectContaining({ code: 'invalid-signing-key' }))
  })

  it('never repeats a secret in an error', () => {
    expect(problemOf({ licenseKey: 'FLVR-ABCD-EFGH-IJKL-MNO' }).message).not.toContain('ABCD')
    expect(problemOf({ hub: 'https://me:secret@hub.example/' }).message).not.toContain('secret')
    const short = { ...key, seed: key.seed.slice(1) }
    expect(() => issueOfflineLicense(short, terms)).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(short.seed) }),
    )
  })
})

describe('an installation as it is written', () => {
  const spoken = '1SG6-BQMM-D1VD-V23X-69NR-HZ21-5KEG'

  it.each<[string, InstallationName]>([
    [spoken, { spoken }],
    [` ${spoken.toLowerCase().replaceAll('-', ' ')} `, { spoken: spoken.toLowerCase().replaceAll('-', ' ') }],
    [spoken.replaceAll('-', ''), { spoken: spoken.replaceAll('-', '') }],
    [spoken.replaceAll('-', '\u2013'), { spoken: spoken.replaceAll('-', '\u2013') }],
    [spoken.slice(0, -5), { spoken: spoken.slice(0, -5) }],
    ['AAECAwQFBgcICQoLDA0ODw', { id: 'AAECAwQFBgcICQoLDA0ODw' }],
    ['4ca6e4f0-6d2f-4c4f-8e58-6f1d2f7c9a10', { id: '4ca6e4f0-6d2f-4c4f-8e58-6f1d2f7c9a10' }],
    ['till-7', { id: 'till-7' }],
  ])('is told by its shape: %j', (text, name) => {
    expect(parseInstallation(text)).toEqual(name)
  })

  it('is heard with dashes of any kind', () => {
    const heard = [spoken, spoken.replaceAll('-', '\u2013')].map(
      (text) => issueOfflineLicense(key, { ...terms, installation: parseInstallation(text) }).installationId,
    )
    expect(heard[0]).toBe(heard[1])
  })

  it('is an id wherever a client made it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const id = Buffer.from(bytes).toString('base64url')
        expect(parseInstallation(id)).toEqual({ id })
      }),
      { numRuns: 2_000 },
    )
  })
})
