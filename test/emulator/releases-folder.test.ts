import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { describe, expect, it } from 'vitest'
import { createEmulator, EmulatorReleasesError } from '../../src/emulator/index.js'
import { generateSigningKey, signingKeyFromSeed, signLicenseToken, signReleaseToken } from '../../src/issuing/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { hubUnderTest, startsAt } from './hub-under-test.js'

const archive = 'the bytes of an archive'
const sha256 = createHash('sha256').update(archive).digest('hex')
const issuer = 'https://hub.example/api/v1'
const seconds = startsAt / 1000
const hubKey = signingKeyFromSeed('RkxBVk9SLUVNVUxBVE9SLVRFU1QtS0VZLU5VTUJFUi0', 'emulator-test-2')

const minimal = { product: 'flavor-starter', version: '1.7.0', filename: 'starter.zip' }

function folder(manifest: unknown = minimal, files: Readonly<Record<string, string>> = { 'starter.zip': archive }) {
  const directory = temporaryDirectory()
  for (const [name, text] of Object.entries(files)) writeFileSync(join(directory, name), text)
  const text = typeof manifest === 'string' ? manifest : JSON.stringify(manifest)
  writeFileSync(join(directory, 'starter.release.json'), text)
  return directory
}

async function activated(releases: string, options = {}) {
  const hub = hubUnderTest({ releases, ...options })
  await hub.post('/license/activate')
  return hub
}

const claims = {
  iss: issuer,
  aud: 'flavor-starter',
  slug: 'flavor-starter',
  version: '1.7.0',
  sha256,
  size: archive.length,
  iat: seconds - 3600,
  exp: seconds + 3600,
}

describe('a folder of releases', () => {
  it('is offered beside what the hub has, and its files are sent as they are', async () => {
    const { post, postJson } = await activated(folder())
    const { body } = await postJson('/update/check', { current_version: '1.4.2' })
    expect(body).toMatchObject({
      latest_version: '1.7.0',
      release: { version: '1.7.0', channel: 'stable', size: archive.length, sha256, filename: 'starter.zip' },
    })
    expect(decodeJwt(body.release?.token ?? '')).toMatchObject({ version: '1.7.0', sha256, iat: seconds })
    const part = await post('/update/download', { version: '1.7.0' }, { headers: { range: 'bytes=4-8' } })
    expect([part.status, await part.text()]).toEqual([206, 'bytes'])
    expect(await (await post('/update/download', { version: '1.7.0' })).text()).toBe(archive)
    expect((await postJson('/update/info', { version: '1.5.0' })).body.version).toBe('1.5.0')
  })

  it('says of a release what its manifest says', async () => {
    const { postJson } = await activated(
      folder({
        ...minimal,
        channel: 'beta',
        released_at: '2026-01-01T00:00:00Z',
        requires: { product: '>=1.4.0' },
        mandatory: true,
        changelog: '# Better',
        changelog_url: 'https://docs.example/1.7.0',
        size: archive.length,
        sha256,
        token: null,
      }),
    )
    expect((await postJson('/update/check', { current_version: '1.4.2' })).body.latest_version).toBe('1.5.0')
    expect((await postJson('/update/info', { version: '1.7.0' })).body).toMatchObject({
      channel: 'beta',
      released_at: '2026-01-01T00:00:00.000Z',
      requires: { product: '>=1.4.0' },
      mandatory: true,
      changelog: '# Better',
      changelog_url: 'https://docs.example/1.7.0',
    })
  })

  it.each([
    ['a known component', { slug: 'card-payments' }, { name: 'Card payments', required_tier: 'starter' }],
    ['a new one', { slug: 'gift-cards' }, { name: 'gift-cards', category: 'other', required_tier: 'free' }],
    [
      'a new one with its place in the catalog',
      { slug: 'gift-cards', component: { name: 'Gift cards', category: 'payment-gateway', required_tier: 'agency' } },
      { name: 'Gift cards', category: 'payment-gateway', required_tier: 'agency' },
    ],
  ])('holds releases of components: %s', async (_, fields, entry) => {
    const { postJson } = await activated(folder({ ...minimal, version: '9.0.0', ...fields }))
    const { items } = (await postJson('/components/available')).body
    expect(items).toContainEqual(expect.objectContaining({ slug: fields.slug, version: '9.0.0', ...entry }))
  })

  it('may be empty', () => {
    expect(() => createEmulator({ releases: temporaryDirectory() })).not.toThrow()
  })

  it('is left out of the state file, which keeps what it hid', async () => {
    const stateFile = join(temporaryDirectory(), 'hub.json')
    const releases = folder({ ...minimal, version: '1.5.0' })
    writeFileSync(join(releases, 'new.zip'), archive)
    const component = { ...minimal, slug: 'gift-cards', filename: 'new.zip' }
    writeFileSync(join(releases, 'new.release.json'), JSON.stringify(component))
    const before = await activated(releases, { stateFile })
    expect((await before.postJson('/update/info')).body.filename).toBe('starter.zip')
    expect(readFileSync(stateFile, 'utf8')).not.toContain(releases)

    const after = hubUnderTest({ stateFile })
    expect((await after.postJson('/update/info')).body.filename).toBe('flavor-starter-1.5.0.zip')
    expect((await after.postJson('/components/available')).body.items).toHaveLength(6)
  })

  it('hands nothing out once a file has changed under its manifest', async () => {
    const releases = folder()
    const { post } = await activated(releases)
    writeFileSync(join(releases, 'starter.zip'), 'other bytes, and more of them')
    expect((await post('/update/download', { version: '1.7.0' })).status).toBe(500)
  })
})

describe("a vendor's own token", () => {
  const tokenFrom = async (changes: object, options = {}) => {
    const token = signReleaseToken(hubKey, { ...claims, ...changes })
    const { postJson, clock } = await activated(folder({ ...minimal, token }), options)
    const served = async () => (await postJson('/update/info')).body.token
    return { token, served, clock }
  }

  it('is served as it is while clients would accept it', async () => {
    const { token, served, clock } = await tokenFrom({})
    expect(await served()).toBe(token)
    clock.advance(3_600_000)
    expect(decodeJwt((await served()) ?? '')).toMatchObject({ iat: seconds + 3600 })
  })

  it('gives way to one of the hub itself where it is for another hub', async () => {
    const { token, served } = await tokenFrom({ iss: 'https://elsewhere.example/api/v1' })
    expect(await served()).not.toBe(token)
    expect(decodeJwt((await served()) ?? '').iss).toBe(issuer)
  })

  it('is not served by a hub that signs nothing', async () => {
    const { served } = await tokenFrom({}, { signing: false })
    expect(await served()).toBeNull()
  })

  const genuine = signReleaseToken(hubKey, claims)
  it.each<[string, string, RegExp]>([
    ['text', 'text', /is not a release token/],
    ['four parts', `${genuine}.x`, /is not a release token/],
    [
      'of a license',
      signLicenseToken(hubKey, {
        ...claims,
        sub: sha256,
        domain: 'a.b',
        tier: '',
        features: [],
        status: 'active',
        license_exp: null,
      }),
      /is not a release token/,
    ],
    [
      'of an unknown key',
      signReleaseToken(generateSigningKey('vendor'), claims),
      /is signed by the key "vendor", which this hub does not have/,
    ],
    [
      'of another key',
      signReleaseToken({ ...generateSigningKey(), keyId: hubKey.keyId }, claims),
      /has a signature that does not hold/,
    ],
    [
      'of another product',
      signReleaseToken(hubKey, { ...claims, aud: 'flavor-bakery' }),
      /has another product than its manifest/,
    ],
    ['of another component', signReleaseToken(hubKey, { ...claims, slug: 'card-payments' }), /has another slug/],
    ['of another version', signReleaseToken(hubKey, { ...claims, version: '1.7.1' }), /has another version/],
    ['of another size', signReleaseToken(hubKey, { ...claims, size: 1 }), /has another size/],
    ['of another file', signReleaseToken(hubKey, { ...claims, sha256: '0'.repeat(64) }), /has another sha256/],
    ['that has ended', signReleaseToken(hubKey, { ...claims, exp: seconds }), /has ended; sign the release again/],
    ['ahead of time', signReleaseToken(hubKey, { ...claims, iat: seconds + 301 }), /is signed ahead of time/],
    ['without a size', signReleaseToken(hubKey, { ...claims, size: -1 }), /does not say what a release token must say/],
  ])('%s is refused at the start', (_, token, sentence) => {
    const start = () => hubUnderTest({ releases: folder({ ...minimal, token }) })
    expect(start).toThrow(sentence)
    expect(start).toThrow(expect.objectContaining({ code: 'untrusted-release' }))
  })
})

describe('a folder that cannot be used', () => {
  const linked = () => {
    const directory = folder(minimal, {})
    symlinkSync('/etc/hostname', join(directory, 'starter.zip'))
    return directory
  }
  const named = (filename: string) => () => folder({ ...minimal, filename })
  const twice = () => {
    const directory = folder()
    writeFileSync(join(directory, 'again.release.json'), JSON.stringify(minimal))
    return directory
  }
  const nested = () => {
    const directory = folder()
    mkdirSync(join(directory, 'manifest.release.json'))
    return directory
  }
  it.each<[string, string, () => string, RegExp]>([
    [
      'is not there',
      'releases-unreadable',
      () => join(temporaryDirectory(), 'absent'),
      /absent cannot be read \(ENOENT\)/,
    ],
    ['is a file', 'releases-unreadable', () => join(folder(), 'starter.zip'), /cannot be read \(ENOTDIR\)/],
    ['has a directory for a manifest', 'releases-unreadable', nested, /cannot be read \(EISDIR\)/],
    ['has a manifest that is no JSON', 'invalid-manifest', () => folder('{'), /starter\.release\.json is not JSON/],
    ['has a manifest without end', 'invalid-manifest', () => folder(' '.repeat(1_048_577)), /is not JSON/],
    ['has a list for a manifest', 'invalid-manifest', () => folder([]), /product is missing/],
    ['names no product', 'invalid-manifest', () => folder({ version: '1.0.0', filename: 'a' }), /: product is missing/],
    [
      'names a version that is none',
      'invalid-manifest',
      () => folder({ ...minimal, version: '1' }),
      /version must be a semantic version/,
    ],
    [
      'has a typing error',
      'invalid-manifest',
      () => folder({ ...minimal, chanel: 'beta' }),
      /chanel is not a field that a manifest has/,
    ],
    [
      'has an unheard-of channel',
      'invalid-manifest',
      () => folder({ ...minimal, channel: 'nightly' }),
      /channel must be stable or beta/,
    ],
    [
      'has a range that is none',
      'invalid-manifest',
      () => folder({ ...minimal, requires: { product: 'new' } }),
      /requires\.product must be a semver range/,
    ],
    [
      'names a file above',
      'invalid-manifest',
      named('../starter.zip'),
      /filename must be the name of a file in the same folder/,
    ],
    ['names an absolute path', 'invalid-manifest', named('/etc/hostname'), /filename must be/],
    ['names a Windows path', 'invalid-manifest', named('..\\starter.zip'), /filename must be/],
    ['names a hidden file', 'invalid-manifest', named('.starter.zip'), /filename must be/],
    ['names a header', 'invalid-manifest', named('a"\r\nx: y'), /filename must be/],
    [
      'names a file that is not there',
      'missing-file',
      () => folder(minimal, {}),
      /names starter\.zip, which is no file beside it/,
    ],
    ['names a link', 'missing-file', linked, /which is no file beside it/],
    [
      'states another size',
      'file-mismatch',
      () => folder({ ...minimal, size: 1 }),
      /starter\.zip is not the file that starter\.release\.json states/,
    ],
    ['states another digest', 'file-mismatch', () => folder({ ...minimal, sha256: '0'.repeat(64) }), /is not the file/],
    [
      'is about an unknown product',
      'unknown-product',
      () => folder({ ...minimal, product: 'unheard-of' }),
      /the product "unheard-of", which the hub does not have/,
    ],
    ['has a version twice', 'duplicate-release', twice, /are of the same version\. Keep one/],
    [
      'has a forgotten archive',
      'missing-manifest',
      () => folder(minimal, { 'starter.zip': archive, 'other.zip': '' }),
      /other\.zip has no manifest/,
    ],
  ])('because it %s', (_, code, directory, sentence) => {
    const releases = directory()
    const start = () => createEmulator({ releases })
    expect(start).toThrow(EmulatorReleasesError)
    expect(start).toThrow(sentence)
    expect(start).toThrow(/^The [^\n]+\.$/)
    expect(start).toThrow(expect.objectContaining({ code }))
  })
})
