import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Agent } from 'undici'
import { describe, expect, it } from 'vitest'
import {
  createLicenseClient,
  isFlavorLicenseError,
  type LicenseClient,
  type LicenseClientOptions,
} from '../../src/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

/** Options as a program without types might give them. */
type Careless = Readonly<Record<string, unknown>>

const good: LicenseClientOptions = {
  product: { slug: 'flavor-starter', version: '1.4.2' },
  domain: 'mysite.com',
  hub: { url: 'https://hub.example/api/v1' },
}

const hub = (options: Careless): Careless => ({ hub: options })
const product = (options: Careless): Careless => ({ product: { slug: 'flavor-starter', version: '1.4.2', ...options } })
const trusted = (key: unknown): Careless => hub({ trustedKeys: { k1: key } })
const keyOf = (...bytes: readonly number[]): string =>
  Buffer.concat([Buffer.from(bytes), Buffer.alloc(32)])
    .subarray(0, 32)
    .toString('base64url')

const mistakes: readonly (readonly [string, string, Careless])[] = [
  ['no product', 'invalid-product-slug', { product: undefined }],
  ['a product that is null', 'invalid-product-slug', { product: null }],
  ['an empty slug', 'invalid-product-slug', product({ slug: '' })],
  ['a slug in capitals', 'invalid-product-slug', product({ slug: 'Flavor' })],
  ['a slug with a blank', 'invalid-product-slug', product({ slug: 'flavor starter' })],
  ['a slug with a slash', 'invalid-product-slug', product({ slug: 'flavor/starter' })],
  ['a slug with an underscore', 'invalid-product-slug', product({ slug: 'flavor_starter' })],
  ['a slug of another script', 'invalid-product-slug', product({ slug: 'flаvor' })],
  ['a slug with a line feed', 'invalid-product-slug', product({ slug: 'flavor\n' })],
  ['an endless slug', 'invalid-product-slug', product({ slug: 'a'.repeat(65) })],
  ['a slug that is a number', 'invalid-product-slug', product({ slug: 7 })],
  ['no version', 'invalid-version', product({ version: undefined })],
  ['a version of two numbers', 'invalid-version', product({ version: '1.4' })],
  ['a version with a v', 'invalid-version', product({ version: 'v1.4.2' })],
  ['a version with leading zeros', 'invalid-version', product({ version: '1.04.2' })],
  ['a version that is a number', 'invalid-version', product({ version: 1.4 })],
  ['a version with a header in it', 'invalid-version', product({ version: '1.4.2\r\nx-evil: 1' })],
  ['no domain', 'invalid-domain', { domain: undefined }],
  ['an empty domain', 'invalid-domain', { domain: '' }],
  ['a blank domain', 'invalid-domain', { domain: '   ' }],
  ['a domain that is a scheme', 'invalid-domain', { domain: 'https://' }],
  ['a domain with a blank', 'invalid-domain', { domain: 'my site.com' }],
  ['a domain with an underscore', 'invalid-domain', { domain: 'my_site.com' }],
  ['a domain with an empty label', 'invalid-domain', { domain: 'my..site.com' }],
  ['a domain that begins with a hyphen', 'invalid-domain', { domain: '-site.com' }],
  ['an endless domain', 'invalid-domain', { domain: `${'a.'.repeat(127)}com` }],
  ['a domain with a user', 'invalid-domain', { domain: 'user@site.com' }],
  ['a hub that is no URL', 'invalid-hub-url', hub({ url: 'hub.example' })],
  ['an empty hub', 'invalid-hub-url', hub({ url: '' })],
  ['a hub without TLS', 'invalid-hub-url', hub({ url: 'http://hub.example/api/v1' })],
  ['a hub that only looks like loopback', 'invalid-hub-url', hub({ url: 'http://127.0.0.1.evil.example/api/v1' })],
  ['a hub by another scheme', 'invalid-hub-url', hub({ url: 'ftp://hub.example' })],
  ['a hub with a password', 'invalid-hub-url', hub({ url: 'https://user:hunter2@hub.example/api/v1' })],
  ['a hub with a query', 'invalid-hub-url', hub({ url: 'https://hub.example/api/v1?a=b' })],
  ['a hub with a fragment', 'invalid-hub-url', hub({ url: 'https://hub.example/api/v1#a' })],
  ['a hub that is a URL object', 'invalid-hub-url', hub({ url: new URL('https://hub.example') })],
  ['a route that is not there', 'unknown-route', hub({ routes: { activation: '/a' } })],
  ['a route that every object has', 'unknown-route', hub({ routes: { toString: '/a' } })],
  ['a path without a slash', 'invalid-route', hub({ routes: { verify: 'license/verify' } })],
  ['a path that is a URL', 'invalid-route', hub({ routes: { verify: 'https://evil.example/' } })],
  ['a path with a query', 'invalid-route', hub({ routes: { verify: '/verify?key=1' } })],
  ['a path that is missing', 'invalid-route', hub({ routes: { verify: undefined } })],
  ['a limit that is not there', 'invalid-limit', hub({ limits: { verification: { limit: 1 } } })],
  ['a limit of none', 'invalid-limit', hub({ limits: { verify: { limit: 0 } } })],
  ['a limit of a half', 'invalid-limit', hub({ limits: { verify: { limit: 0.5 } } })],
  ['a limit without a window', 'invalid-limit', hub({ limits: { verify: { windowMs: 0 } } })],
  ['a limit for ever', 'invalid-limit', hub({ limits: { verify: { windowMs: Number.POSITIVE_INFINITY } } })],
  ['a limit as text', 'invalid-limit', hub({ limits: { verify: { limit: '30' } } })],
  ['a key that is short', 'invalid-trusted-key', trusted(Buffer.alloc(31, 9).toString('base64url'))],
  ['a key that is long', 'invalid-trusted-key', trusted(Buffer.alloc(33, 9).toString('base64url'))],
  ['a key with padding', 'invalid-trusted-key', trusted(`${Buffer.alloc(32, 9).toString('base64url')}=`)],
  ['a key in PEM', 'invalid-trusted-key', trusted('-----BEGIN PUBLIC KEY-----')],
  ['a key that is empty', 'invalid-trusted-key', trusted('')],
  ['a key that is bytes', 'invalid-trusted-key', trusted(new Uint8Array(32))],
  ['the key zero, under which anybody can sign', 'invalid-trusted-key', trusted(keyOf(0))],
  ['the key one, under which anybody can sign', 'invalid-trusted-key', trusted(keyOf(1))],
  ['a key beyond the field', 'invalid-trusted-key', trusted(Buffer.alloc(32, 0xff).toString('base64url'))],
  ['a directory that is relative', 'invalid-option', { directory: 'licenses' }],
  ['a directory that is empty', 'invalid-option', { directory: '' }],
  ['a directory that is a number', 'invalid-option', { directory: 7 }],
  ['an installation id that is empty', 'invalid-option', { installationId: '' }],
  ['an endless installation id', 'invalid-option', { installationId: 'x'.repeat(257) }],
  ['an installation id that is a number', 'invalid-option', { installationId: 7 }],
  ['a channel that is empty', 'invalid-option', { channel: '' }],
  ['a time below zero', 'invalid-option', { verifyIntervalMs: -1 }],
  ['a time as text', 'invalid-option', { gracePeriodMs: '14d' }],
  ['a time that is no number', 'invalid-option', { expiryGraceMs: Number.NaN }],
  ['a time without an end', 'invalid-option', { verifyDeadlineMs: Number.POSITIVE_INFINITY }],
  ['a time that is null', 'invalid-option', { requestDeadlineMs: null }],
  ['a hub that is null', 'invalid-option', { hub: null }],
  ['a hub that is its URL', 'invalid-option', { hub: 'https://hub.example' }],
  ['trusted keys that are null', 'invalid-option', hub({ trustedKeys: null })],
  ['routes that are null', 'invalid-option', hub({ routes: null })],
  ['limits that are null', 'invalid-option', hub({ limits: null })],
  ['an option that is not there', 'invalid-option', { gracePeriod: 1 }],
  ['an option in other letters', 'invalid-option', { verifyIntervalMS: 1 }],
  ['an option that every object has', 'invalid-option', { toString: 1 }],
  ['keys under a name that is not there', 'invalid-option', hub({ trustedKey: { k1: keyOf(9) } })],
  ['trusted keys without names', 'invalid-option', hub({ trustedKeys: [keyOf(9)] })],
  ['a hub in a list', 'invalid-option', { hub: [] }],
  ['a fetch that is no function', 'invalid-option', { fetch: 'node-fetch' }],
  ['a dispatcher that is none', 'invalid-option', { dispatcher: {} }],
  ['a dispatcher that is null', 'invalid-option', { dispatcher: null }],
  ['two transports at once', 'invalid-option', { fetch: globalThis.fetch, dispatcher: new Agent() }],
]

function thrownBy(action: () => unknown): unknown {
  try {
    action()
    return undefined
  } catch (error) {
    return error
  }
}

const create = (options: Careless): unknown => Reflect.apply(createLicenseClient, undefined, [{ ...good, ...options }])

describe('an option that is wrong', () => {
  it.each(mistakes)('%s: %s', (_mistake, code, options) => {
    const directory = join(temporaryDirectory(), 'licenses')
    const error = thrownBy(() => create({ directory, ...options }))
    expect(isFlavorLicenseError(error)).toBe(true)
    expect(error).toMatchObject({ code, message: expect.stringMatching(/^[A-Z][^\n]{20,400}\.$/) })
    expect(String(error)).not.toContain('hunter2')
    expect(thrownBy(() => readdirSync(directory))).toMatchObject({ code: 'ENOENT' })
  })

  it.each([undefined, null, 'https://hub.example'])('says that %j are no options', (options) => {
    const error = thrownBy(() => Reflect.apply(createLicenseClient, undefined, [options]))
    expect(error).toMatchObject({ code: 'invalid-option', message: expect.stringContaining('must be an object') })
  })

  it('says which option there is not', () => {
    const misspelled = hub({ trustedKey: {} })
    expect(thrownBy(() => create(misspelled))).toHaveProperty(
      'message',
      'There is no option of the hub "trustedKey". Correct or remove it.',
    )
  })

  it('says what it was given, what is wrong with it, and what to write', () => {
    expect(thrownBy(() => create(product({ version: 'v1' })))).toHaveProperty(
      'message',
      'The product version "v1" is not valid. Write it like 1.4.2.',
    )
  })
})

describe('an option that is right', () => {
  it.each<readonly [string, Careless]>([
    ['nothing but product and domain', { hub: undefined }],
    ['times of zero', { verifyIntervalMs: 0, gracePeriodMs: 0, expiryGraceMs: 0, verifyDeadlineMs: 0 }],
    ['a hub on loopback without TLS', hub({ url: 'http://127.0.0.1:8080/api/v1' })],
    ['a hub on loopback by IPv6', hub({ url: 'http://[::1]:8080/api/v1/' })],
    ['a domain with everything around it', { domain: ' https://www.MySite.com:8443/shop?a=b ' }],
    ['a domain of another script', { domain: 'müller.example' }],
    ['no domain but the installation', { domain: 'auto' }],
    ['a version with a pre-release and a build', product({ version: '1.4.2-beta.1+build.7' })],
  ])('%s', (_name, options) => {
    const directory = join(temporaryDirectory(), 'licenses')
    create({ directory, ...options })
    expect(thrownBy(() => readdirSync(directory))).toMatchObject({ code: 'ENOENT' })
  })
})

describe('a directory that is a file', () => {
  it.each(['verify', 'activate', 'deactivate', 'checkUpdates'] as const)('is said to be one: %s', async (method) => {
    const parent = temporaryDirectory()
    const directory = join(parent, 'licenses')
    writeFileSync(directory, 'precious')
    const client = createLicenseClient({ ...good, directory })
    const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
    await expect(method === 'activate' ? client.activate(key) : client[method]()).rejects.toMatchObject({
      name: 'FlavorLicenseError',
      code: 'directory-is-a-file',
      message: `The directory option names a file: ${directory}. Name a directory, or remove the file.`,
    })
    expect(readdirSync(parent)).toEqual(['licenses'])
  })
})

describe('a key that is malformed', () => {
  it.each([
    '',
    'FLVR-ABCD-EFGH-IJKL',
    'FLVR-ABCD-EFGH-IJKL-MNOPQ',
    'XLVR-ABCD-EFGH-IJKL-MNOP',
    'FLVR-ABCD-EFGH-IJKL-MNO!',
    'FLVRABCDEFGHIJKLMNOP',
    'FLVR-АBCD-EFGH-IJKL-MNOP',
    'hunter2',
  ])('%j is refused, and nothing is written', async (key) => {
    const directory = join(temporaryDirectory(), 'licenses')
    const outcome = await createLicenseClient({ ...good, directory }).activate(key)
    expect(outcome).toEqual({
      outcome: 'refused',
      reason: 'invalid-key',
      message: expect.stringContaining('FLVR-XXXX-XXXX-XXXX-XXXX'),
    })
    expect(thrownBy(() => readdirSync(directory))).toMatchObject({ code: 'ENOENT' })
  })
})

describe('a key that is not even text', () => {
  it.each([undefined, null, 7, {}])('%j is refused', async (key) => {
    const client = createLicenseClient({ ...good, directory: join(temporaryDirectory(), 'licenses') })
    const outcome: unknown = await Reflect.apply(client.activate, client, [key])
    expect(outcome).toMatchObject({ outcome: 'refused', reason: 'invalid-key' })
  })
})

describe('a license that is not there', () => {
  it('leaves an empty directory empty of records', async () => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'kept'))
    const client = createLicenseClient({ ...good, directory })
    expect(await client.verify()).toMatchObject({ state: 'unknown', reason: 'no-record' })
    expect(await client.deactivate()).toEqual({ outcome: 'not-activated' })
    expect(await client.checkUpdates()).toMatchObject({ outcome: 'refused', reason: 'not-activated' })
    expect(readdirSync(directory).filter((name) => name.startsWith('license-'))).toEqual([])
  })
})

describe('a call that is wrong', () => {
  const client = () => createLicenseClient({ ...good, directory: temporaryDirectory() })
  /** As a program without types might call it. */
  const calling = (method: Exclude<keyof LicenseClient, 'components'>, ...words: readonly unknown[]): unknown => {
    const called = client()
    return Reflect.apply(Reflect.get(called, method), called, words)
  }

  it.each<readonly [string, string, Parameters<typeof calling>[0], readonly unknown[]]>([
    ['verify with a yes for its options', 'invalid-option', 'verify', [true]],
    ['verify with null for its options', 'invalid-option', 'verify', [null]],
    ['updateInfo with a version for its options', 'invalid-option', 'updateInfo', ['1.4.2']],
    ['updateInfo of a version that is none', 'invalid-version', 'updateInfo', [{ version: 'v1.4.2' }]],
    ['updateInfo of a number', 'invalid-version', 'updateInfo', [{ version: 1 }]],
    ['a license file as bytes', 'invalid-option', 'activateOffline', [Buffer.from('a.b.c')]],
    ['no license file', 'invalid-option', 'activateOffline', []],
    ['a download without a directory', 'invalid-option', 'downloadUpdate', [{}]],
  ])('%s: %s', async (_call, code, method, words) => {
    await expect(calling(method, ...words)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(/^[A-Z][^\n]{20,400}\.$/),
    })
  })

  it('says which events there are', () => {
    expect(thrownBy(() => calling('on', 'updates', () => undefined))).toMatchObject({
      code: 'invalid-option',
      message: 'There is no event "updates". There are: verdict, update, warning, request.',
    })
  })
})
