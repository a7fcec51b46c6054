import { describe, expect, it } from 'vitest'
import { EmulatorChangeError } from '../../src/emulator/index.js'
import { hubUnderTest, keys, startsAt } from './hub-under-test.js'

const sold = { key: 'FLVR-NEWL-ICEN-SE00-0001', product: 'flavor-starter', tier: 'starter' }
const release = { product: 'flavor-starter', version: '9.0.0' }

/** The change as a program without types would ask for it. */
function changeOf(method: 'addLicense' | 'setLicense' | 'addRelease', ...given: readonly unknown[]): () => unknown {
  const { emulator } = hubUnderTest()
  return () => Reflect.apply(emulator[method], emulator, given)
}

describe('a license that is added', () => {
  it('is a lifetime license of nobody, active nowhere, where only what must be given is given', () => {
    const { emulator } = hubUnderTest()
    emulator.addLicense(sold)
    expect(emulator.licenses().at(-1)).toEqual({
      ...sold,
      id: expect.any(Number),
      status: 'active',
      source: 'individual',
      expiresAt: null,
      features: [],
      activationLimit: null,
      activations: [],
      ownerId: null,
      clientId: null,
      createdAt: startsAt,
    })
  })

  it('can be used at once', async () => {
    const { emulator, postJson } = hubUnderTest()
    emulator.addLicense(sold)
    expect((await postJson('/license/activate', { license_key: sold.key })).body).toMatchObject({ status: 'active' })
  })

  it('takes the place of the one with that key, and its number', () => {
    const { emulator } = hubUnderTest()
    const before = emulator.licenses().find(({ key }) => key === keys.starter)
    emulator.addLicense({ ...sold, key: keys.starter, tier: 'agency' })
    expect(emulator.licenses().filter(({ key }) => key === keys.starter)).toMatchObject([
      { id: before?.id, tier: 'agency' },
    ])
  })
})

describe('a license that is changed', () => {
  it('keeps what the change does not name, or names as undefined', () => {
    const { emulator } = hubUnderTest()
    const before = emulator.licenses().find(({ key }) => key === keys.starter)
    const changed = changeOf('setLicense', keys.starter, { tier: 'agency', features: undefined })()
    expect(changed).toEqual({ ...before, tier: 'agency' })
  })
})

describe('a change that cannot be made', () => {
  it.each<[string, string, string, () => unknown]>([
    ['no license', 'invalid-license', 'it is missing', changeOf('addLicense')],
    ['no key', 'invalid-license', 'key is missing', changeOf('addLicense', { ...sold, key: undefined })],
    ['another key', 'invalid-license', 'key must look like FLVR', changeOf('addLicense', { ...sold, key: 'ABCD' })],
    ['no tier', 'invalid-license', 'tier is missing', changeOf('addLicense', { ...sold, tier: undefined })],
    ['a Date', 'invalid-license', 'expiresAt must be', changeOf('addLicense', { ...sold, expiresAt: new Date() })],
    ['no time', 'invalid-license', 'expiresAt must be a time', changeOf('addLicense', { ...sold, expiresAt: 9e15 })],
    [
      'a field of a seed',
      'invalid-license',
      'expires_at is not a field that a license has',
      changeOf('addLicense', { ...sold, expires_at: null }),
    ],
    [
      'an activation without a time',
      'invalid-license',
      'activations[0].activatedAt is missing',
      changeOf('addLicense', { ...sold, activations: [{ domain: 'a.com', installationId: null }] }),
    ],
    ['a key of nobody', 'unknown-license', 'Add it by addLicense', changeOf('setLicense', sold.key, {})],
    [
      'another status',
      'invalid-license',
      'status must be active or revoked',
      changeOf('setLicense', keys.starter, { status: 'expired' }),
    ],
    ['no version', 'invalid-release', 'version is missing', changeOf('addRelease', { product: 'flavor-starter' })],
    ['a wrong version', 'invalid-release', 'version must be', changeOf('addRelease', { ...release, version: 'v2' })],
    [
      'a wrong range',
      'invalid-release',
      'requiresProduct must be a semver range',
      changeOf('addRelease', { ...release, requiresProduct: 'new' }),
    ],
    ['a wrong file', 'invalid-release', 'content must be a text', changeOf('addRelease', { ...release, content: 5 })],
    [
      'a release of another product',
      'unknown-product',
      'no product shop. It has: flavor-starter',
      changeOf('addRelease', { ...release, product: 'shop' }),
    ],
    [
      'a release of another component',
      'unknown-component',
      'flavor-starter has no component part. It has: ',
      changeOf('addRelease', { ...release, component: 'part' }),
    ],
  ])('because of %s is refused in one sentence', (_, code, part, change) => {
    expect(change).toThrow(EmulatorChangeError)
    expect(change).toThrow(expect.objectContaining({ code, message: expect.stringContaining(part) }))
  })
})
