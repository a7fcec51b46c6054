import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { createEmulator, defaultSeed, EmulatorSeedError, parseSeed } from '../../src/emulator/index.js'
import { hubUnderTest, keys, manualClock, startsAt } from './hub-under-test.js'

const fixture = (): Record<string, unknown> =>
  JSON.parse(readFileSync(new URL('../../fixtures/hub/default.json', import.meta.url), 'utf8'))

const key = { kid: 'k1', seed: 'A'.repeat(43) }
const product = { slug: 'shop', name: 'Shop', releases: [{ version: '1.0.0' }] }
const license = { key: keys.starter, product: 'shop', tier: 'starter', expires_at: null }
const seed = { signing_keys: [key], products: [product], licenses: [license] }
const account = { email: 'me@shop.example', name: 'Me', type: 'reseller', password: 'a-good-password' }
const component = { slug: 'part', name: 'Part', category: 'erp', required_tier: 'free', releases: [] }

describe('the default seed', () => {
  it('is the fixture file', () => {
    expect(defaultSeed()).toEqual(fixture())
  })

  it('has a key for every story, whenever the emulator starts', () => {
    for (const now of [0, startsAt, Date.parse('2099-01-01T00:00:00Z')]) {
      const licenses = createEmulator({ clock: manualClock(now) }).licenses()
      expect(licenses.map((entry) => entry.key).sort()).toEqual(Object.values(keys).sort())
      const expired = licenses.filter(({ expiresAt }) => expiresAt !== null && expiresAt <= now)
      expect(expired.map((entry) => entry.key)).toEqual([keys.expired])
    }
  })
})

describe('a seed', () => {
  it('may do without accounts, and hashes the password of one that brings no hash', async () => {
    expect(createEmulator({ seed: parseSeed(seed) }).accounts).toEqual([])
    const accounts = [{ ...account, packs: [{ size: 3, used: 1 }] }]
    const owned = { ...license, owner: account.email }
    const emulator = createEmulator({ seed: parseSeed({ ...seed, accounts, licenses: [owned] }) })
    expect(emulator.accounts).toEqual([account])
    const body = JSON.stringify({ email: account.email, password: account.password })
    const headers = { 'content-type': 'application/json' }
    const login = await emulator.fetch('https://hub.example/api/v1/portal/auth/login', {
      method: 'POST',
      headers,
      body,
    })
    expect(login.status).toBe(200)
    expect(emulator.licenses()).toMatchObject([{ id: 3, ownerId: 1 }])
  })

  it('takes absolute times as they are', async () => {
    const { postJson } = hubUnderTest({
      seed: parseSeed({
        ...seed,
        licenses: [
          {
            ...license,
            expires_at: '2030-05-01T00:00:00+02:00',
            activations: [{ domain: 'mysite.com', activated_at: '2025-05-01T00:00:00Z' }],
          },
        ],
      }),
    })
    const { body } = await postJson('/license/verify', { product_slug: 'shop' })
    expect(body).toMatchObject({
      expires_at: '2030-04-30T22:00:00.000Z',
      activated_at: '2025-05-01T00:00:00.000Z',
      status: 'active',
    })
  })

  it.each([
    ['base64', { base64: Buffer.from('bytes').toString('base64') }, 5],
    ['text', { text: 'text!!' }, 6],
    ['a count', { bytes: 100 }, 100],
  ])('gives a file as %s', async (_, content, size) => {
    const { post, postJson } = hubUnderTest({
      seed: parseSeed({ ...seed, products: [{ ...product, releases: [{ version: '1.0.0', content }] }] }),
    })
    const body = { product_slug: 'shop', version: '1.0.0' }
    await postJson('/license/activate', body)
    const first = await (await post('/update/download', body)).arrayBuffer()
    expect(first.byteLength).toBe(size)
    expect((await postJson('/update/info', body)).body.size).toBe(size)
  })

  it.each<[string, unknown, string]>([
    ['no object', null, 'it must be Object, not null'],
    [
      'the name of its file',
      './hub.json',
      "it must be the parsed content of a file, JSON.parse(readFileSync('hub.json', 'utf8')), not a text",
    ],
    ['a missing list', { signing_keys: [key], products: [] }, 'licenses is missing'],
    ['a field with a typing error', { ...seed, lisenses: [] }, 'lisenses is not a field that a seed has'],
    ['no signing key', { ...seed, signing_keys: [] }, 'signing_keys must hold at least one key'],
    [
      'a short signing key',
      { ...seed, signing_keys: [{ kid: 'k', seed: 'AAAA' }] },
      'signing_keys[0].seed must be 32 bytes as base64url (43 characters)',
    ],
    [
      'a malformed license key',
      { ...seed, licenses: [license, { ...license, key: 'FLVR-1' }] },
      'licenses[1].key must look like FLVR-XXXX-XXXX-XXXX-XXXX',
    ],
    [
      'no end of the license',
      { ...seed, licenses: [{ key: keys.starter, product: 'shop', tier: 'starter' }] },
      'licenses[0] must have exactly one of expires_at and expires_in_days',
    ],
    [
      'two ends of the license',
      { ...seed, licenses: [{ ...license, expires_in_days: 1 }] },
      'licenses[0] must have exactly one of expires_at and expires_in_days',
    ],
    [
      'a time without an offset',
      { ...seed, licenses: [{ ...license, expires_at: '2030-01-01T00:00:00' }] },
      'licenses[0].expires_at is wrong: a time must be RFC 3339 with an offset',
    ],
    [
      'a status',
      { ...seed, licenses: [{ ...license, status: 'expired' }] },
      'licenses[0].status must be active or revoked',
    ],
    ['a tier', { ...seed, licenses: [{ ...license, tier: 3 }] }, 'licenses[0].tier must be string, not 3'],
    [
      'a domain',
      { ...seed, licenses: [{ ...license, activations: [{ domain: 'https://a.com' }] }] },
      'licenses[0].activations[0].domain must be a bare host name in lower case',
    ],
    [
      'two times of an activation',
      {
        ...seed,
        licenses: [
          {
            ...license,
            activations: [{ domain: 'a.com', activated_days_ago: 1, activated_at: '2025-01-01T00:00:00Z' }],
          },
        ],
      },
      'licenses[0].activations[0] must not have both activated_at and activated_days_ago',
    ],
    [
      'a version',
      { ...seed, products: [{ ...product, releases: [{ version: 'v1.0' }] }] },
      'products[0].releases[0].version must be a semantic version such as 1.4.2',
    ],
    [
      'a range',
      { ...seed, products: [{ ...product, releases: [{ version: '1.0.0', requires_product: 'new' }] }] },
      'products[0].releases[0].requires_product must be a semver range such as >=1.2.0',
    ],
    [
      'two kinds of content',
      { ...seed, products: [{ ...product, releases: [{ version: '1.0.0', content: { text: '', bytes: 1 } }] }] },
      'products[0].releases[0].content must be one of {"files", "padding"}, {"text"}, {"base64"} and {"bytes"}',
    ],
    [
      'a component of a tier that is no text',
      { ...seed, products: [{ ...product, components: [{ ...component, required_tier: null }] }] },
      'products[0].components[0].required_tier must be string, not null',
    ],
    [
      'a license of no product',
      { ...seed, licenses: [{ ...license, product: 'other' }] },
      'licenses[0].product names no product of the seed',
    ],
    ['a key twice', { ...seed, licenses: [license, license] }, 'licenses[1].key repeats an earlier one'],
    [
      'an owner',
      { ...seed, licenses: [{ ...license, owner: 'nobody@shop.example' }] },
      'licenses[0].owner names no account of the seed',
    ],
    [
      'an address',
      { ...seed, accounts: [{ ...account, email: 'Me@shop.example' }] },
      'accounts[0].email must be an e-mail address in lower case',
    ],
    ['an address twice', { ...seed, accounts: [account, account] }, 'accounts[1].email repeats an earlier one'],
    [
      'a type of account',
      { ...seed, accounts: [{ ...account, type: 'owner' }] },
      'accounts[0].type must be customer, developer, reseller, agency',
    ],
    [
      'a password',
      { ...seed, accounts: [{ ...account, password: 'short' }] },
      'accounts[0].password must have at least 8 characters',
    ],
    [
      'a hash',
      { ...seed, accounts: [{ ...account, password_hash: 'md5' }] },
      'accounts[0].password_hash must be scrypt$N$r$p$salt$hash as this emulator writes it',
    ],
    [
      'the size of a pack',
      { ...seed, accounts: [{ ...account, packs: [{ size: 'big' }] }] },
      'accounts[0].packs[0].size must be number, not "big"',
    ],
    [
      'a version twice',
      {
        ...seed,
        products: [{ ...product, components: [{ ...component, releases: Array(2).fill({ version: '1.0.0' }) }] }],
      },
      'products[0].components[0].releases[1].version repeats an earlier one',
    ],
  ])('with %s wrong is told so in one sentence with the path', (_, wrong, sentence) => {
    const attempt = () => parseSeed(wrong)
    expect(attempt).toThrow(new EmulatorSeedError(`The seed is not usable: ${sentence}.`))
    expect(attempt).toThrow(expect.objectContaining({ code: 'invalid-seed' }))
  })
})
