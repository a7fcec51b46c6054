import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { describe, expect, it } from 'vitest'
import { defaultSeed, type Fault, releaseTokenProblems } from '../../src/emulator/index.js'
import { hubUnderTest, startsAt } from './hub-under-test.js'

async function checkedUnder(fault: Fault | undefined, seed = defaultSeed()) {
  const { post, emulator } = hubUnderTest({ seed })
  await post('/license/activate')
  if (fault) emulator.faults.inject(fault)
  const text = await (await post('/update/check', { current_version: '1.4.2' })).text()
  const { release } = JSON.parse(text)
  return { text, release, emulator }
}

/** Whether an independent library finds the signature genuine under the key that the token names. */
async function isGenuine(token: string, keys: Readonly<Record<string, string>>): Promise<boolean> {
  const key = await importJWK(
    { kty: 'OKP', crv: 'Ed25519', x: keys[decodeProtectedHeader(token).kid ?? ''] ?? '' },
    'EdDSA',
  )
  return jwtVerify(token, key, { currentDate: new Date(startsAt - 1_000_000_000_000) }).then(
    () => true,
    () => false,
  )
}

const genuine = [
  'license-token',
  'other-hub',
  'other-product',
  'other-slug',
  'other-version',
  'other-file',
  'expired',
  'issued-earlier',
  'duplicate-claim',
]

describe('a release token', () => {
  it.each(releaseTokenProblems)('with the problem %s', async (problem) => {
    const { release: right } = await checkedUnder(undefined)
    const { release, emulator } = await checkedUnder({ kind: 'release-token', problem })
    expect(release.token).not.toBe(right.token)
    expect({ ...release, token: null }).toEqual({ ...right, token: null })
    if (problem === 'missing') return expect(release.token).toBeNull()
    if (problem === 'unknown-key')
      return expect(emulator.keys).not.toHaveProperty(decodeProtectedHeader(release.token).kid ?? '')
    expect(await isGenuine(release.token, emulator.keys)).toBe(genuine.includes(problem))
  })

  it.each([
    ['other-hub', { iss: 'https://another-hub.example/api/v1' }],
    ['other-product', { aud: 'another-product' }],
    ['other-slug', { slug: 'another-component' }],
    ['other-version', { version: '0.0.1' }],
    ['other-file', { sha256: '0'.repeat(64) }],
    ['expired', { exp: startsAt / 1000 - 1 }],
    ['issued-earlier', { iat: startsAt / 1000 - 86_400, exp: startsAt / 1000 + 6 * 86_400 }],
  ] as const)('of %s differs from the right one in that alone', async (problem, difference) => {
    const { release: right } = await checkedUnder(undefined)
    const { release } = await checkedUnder({ kind: 'release-token', problem })
    expect(decodeJwt(release.token)).toEqual({ ...decodeJwt(right.token), ...difference })
  })

  it("is signed by the hub's own key under the name of its other one, else by a stranger's", async () => {
    const fault: Fault = { kind: 'release-token', problem: 'wrong-signer' }
    const { release, emulator } = await checkedUnder(fault)
    const [current = '', former = ''] = Object.keys(emulator.keys)
    expect(decodeProtectedHeader(release.token).kid).toBe(former)
    expect(await isGenuine(release.token, { [former]: emulator.keys[current] ?? '' })).toBe(true)

    const { signing_keys, ...rest } = defaultSeed()
    const alone = await checkedUnder(fault, { ...rest, signing_keys: signing_keys.slice(0, 1) })
    expect(decodeProtectedHeader(alone.release.token).kid).toBe(current)
    expect(await isGenuine(alone.release.token, alone.emulator.keys)).toBe(false)
  })

  it('names its size twice', async () => {
    const { release } = await checkedUnder({ kind: 'release-token', problem: 'duplicate-claim' })
    const text = Buffer.from(release.token.split('.')[1], 'base64url').toString()
    expect(text.match(/"size":/g)).toHaveLength(2)
  })

  it('is of another kind', async () => {
    const { release } = await checkedUnder({ kind: 'release-token', problem: 'license-token' })
    expect(decodeProtectedHeader(release.token).typ).toBe('flavor-license+jwt')
  })
})

describe('a field of a release', () => {
  it.each([
    ['size', -1],
    ['size', 2 ** 53],
    ['size', '12'],
    ['version', '1.4.2'],
    ['version', '1.0.0'],
  ])('%s becomes %j, and the token says the same', async (field, value) => {
    const { release, emulator } = await checkedUnder({ kind: 'release-field', field, value })
    expect(release[field]).toBe(value)
    expect(decodeJwt(release.token)[field]).toBe(value)
    expect(await isGenuine(release.token, emulator.keys)).toBe(true)
  })

  it('is missing from the release and its token', async () => {
    const { release } = await checkedUnder({ kind: 'release-field', field: 'size' })
    expect(release).not.toHaveProperty('size')
    expect(decodeJwt(release.token)).not.toHaveProperty('size')
  })

  it('is another one than the token says', async () => {
    const { release } = await checkedUnder({ kind: 'release-field', field: 'size', value: 1, signed: false })
    expect(release.size).toBe(1)
    expect(decodeJwt(release.token)['size']).toBeGreaterThan(1)
  })

  it('stands twice', async () => {
    const { text } = await checkedUnder({ kind: 'duplicate-field', field: 'size', value: 1 })
    expect(text.match(/"size":/g)).toHaveLength(2)
    expect(text).toContain('"release":{"size":1,')
  })

  it('is wrong for components, and for what is told of a release, too', async () => {
    const { post, postJson, emulator } = hubUnderTest()
    await post('/license/activate')
    emulator.faults.inject({ kind: 'release-field', field: 'size', value: 1 })
    expect((await postJson('/update/info')).body).toMatchObject({ size: 1 })
    const { items } = (await postJson('/components/check', { installed: { 'card-payments': '2.0.0' } })).body
    expect(items).toMatchObject([{ slug: 'card-payments', release: { size: 1 } }])
  })

  it('is left alone in a refusal', async () => {
    const { postJson, emulator } = hubUnderTest()
    emulator.faults.inject({ kind: 'release-field', field: 'size', value: 1 })
    expect(await postJson('/update/info')).toMatchObject({ status: 403, body: { code: 'domain_not_activated' } })
  })
})
