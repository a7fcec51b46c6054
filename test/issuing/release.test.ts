import { createHash } from 'node:crypto'
import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { generateSigningKey, IssuingError, type ReleaseTerms, signRelease } from '../../src/issuing/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const key = generateSigningKey('vendor')
const now = Date.parse('2026-01-15T12:00:00.750Z')
const hub = 'https://hub.example/api/v1'
const archive = Buffer.alloc(3_000_000, 'archive')

function file(name = 'starter-1.6.0.zip', bytes: Uint8Array = archive): string {
  const path = join(temporaryDirectory(), name)
  writeFileSync(path, bytes)
  return path
}

const terms = (changes: Partial<ReleaseTerms> = {}): ReleaseTerms => ({
  file: file(),
  hub,
  product: 'flavor-starter',
  version: '1.6.0',
  now,
  ...changes,
})

describe('a signed release', () => {
  it('states its file, and carries a token that an independent library verifies', async () => {
    const { release, ...rest } = await signRelease(key, terms())
    const sha256 = createHash('sha256').update(archive).digest('hex')
    const { token, ...stated } = release
    expect(stated).toEqual({
      product: 'flavor-starter',
      slug: 'flavor-starter',
      version: '1.6.0',
      released_at: '2026-01-15T12:00:00.000Z',
      channel: 'stable',
      changelog_url: null,
      requires: null,
      size: 3_000_000,
      sha256,
      filename: 'starter-1.6.0.zip',
    })
    const publicKey = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key.publicKey }, 'EdDSA')
    const { payload } = await jwtVerify(token, publicKey, { currentDate: new Date(now), typ: 'flavor-release+jwt' })
    const issued = Date.parse('2026-01-15T12:00:00Z') / 1000
    expect(payload).toEqual({
      iss: hub,
      aud: 'flavor-starter',
      slug: 'flavor-starter',
      version: '1.6.0',
      sha256,
      size: 3_000_000,
      iat: issued,
      exp: issued + 30 * 86_400,
    })
    expect(decodeProtectedHeader(token).kid).toBe('vendor')
    expect(rest).toEqual({ keyId: 'vendor', hub, issuedAt: issued * 1000, validUntil: (issued + 30 * 86_400) * 1000 })
    expect(JSON.stringify([release, rest])).not.toContain(key.seed)
  })

  it('says all else that it is told to', async () => {
    const { release, validUntil } = await signRelease(
      key,
      terms({
        component: 'card-payments',
        version: '2.0.0-rc.1+build.7',
        channel: 'beta',
        requires: '>=1.4.0 <2.0.0',
        mandatory: true,
        changelog: '# Better',
        changelogUrl: 'https://docs.example/2.0.0',
        validity: { days: 1 },
      }),
    )
    expect(release).toMatchObject({
      slug: 'card-payments',
      version: '2.0.0-rc.1+build.7',
      channel: 'beta',
      requires: { product: '>=1.4.0 <2.0.0' },
      mandatory: true,
      changelog: '# Better',
      changelog_url: 'https://docs.example/2.0.0',
    })
    expect(validUntil).toBe(Date.parse('2026-01-16T12:00:00Z'))
  })

  it.each<[string, Partial<ReleaseTerms> | (() => Partial<ReleaseTerms>)]>([
    ['invalid-hub-url', { hub: 'http://hub.example/api/v1' }],
    ['invalid-product-slug', { product: 'Flavor Starter' }],
    ['invalid-component-slug', { component: 'Card payments' }],
    ['invalid-component-slug', { component: 'flavor-starter' }],
    ['invalid-version', { version: '1.6' }],
    ['invalid-version', { version: 'v1.6.0' }],
    ['invalid-requirement', { requires: 'newer' }],
    ['invalid-changelog', { changelogUrl: 'javascript:alert(1)' }],
    ['invalid-changelog', { changelogUrl: 'docs' }],
    ['invalid-changelog', { changelog: '\ud800' }],
    ['invalid-validity', { validity: { days: 0 } }],
    ['invalid-validity', { validity: { until: now } }],
    ['release-file-unreadable', { file: '/nowhere/starter.zip' }],
    ['invalid-release-file', () => ({ file: file('empty.zip', new Uint8Array()) })],
    ['invalid-release-file', () => ({ file: file('.hidden.zip') })],
    ['invalid-release-file', () => ({ file: file('con.zip') })],
    ['invalid-release-file', () => ({ file: file('a:b.zip') })],
    [
      'invalid-release-file',
      () => {
        const directory = join(temporaryDirectory(), 'starter.zip')
        mkdirSync(directory)
        return { file: directory }
      },
    ],
  ])('is refused with %s, in one sentence', async (code, changes) => {
    const attempt = signRelease(key, terms(typeof changes === 'function' ? changes() : changes))
    await expect(attempt).rejects.toBeInstanceOf(IssuingError)
    await expect(attempt).rejects.toMatchObject({ code, message: expect.stringMatching(/^[A-Z][^\n]+[.…]$/) })
  })

  it.each([
    ['invalid-channel', { channel: JSON.parse('"nightly"') }],
    ['invalid-version', { version: JSON.parse('1') }],
  ])('is refused with %s where a program without types asks', async (code, wrong) => {
    await expect(signRelease(key, terms(wrong))).rejects.toMatchObject({ code })
  })

  it('is refused while its file is still being written', async () => {
    const path = file()
    let done = false
    const attempt = signRelease(key, terms({ file: path })).finally(() => {
      done = true
    })
    const refused = expect(attempt).rejects.toMatchObject({
      code: 'invalid-release-file',
      message: expect.stringContaining('changed while it was read'),
    })
    while (!done) {
      appendFileSync(path, 'more')
      await new Promise((resolve) => setImmediate(resolve))
    }
    await refused
  })

  it('is refused with a key that is not what it says to be', async () => {
    const { publicKey } = generateSigningKey()
    await expect(signRelease({ ...key, publicKey }, terms())).rejects.toMatchObject({ code: 'invalid-signing-key' })
  })
})
