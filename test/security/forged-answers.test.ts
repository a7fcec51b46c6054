import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import { composeClient } from '../../src/compose-client.js'
import {
  licenseKeySubject,
  signLicenseToken,
  signOfflineLicenseToken,
  signReleaseToken,
} from '../../src/issuing/index.js'
import type { LicenseClient } from '../../src/license-client.js'
import { licenseRequestSchema, type WireLicenseRequest } from '../../src/protocol/wire/license.js'
import { tokenType, type WireLicenseClaims } from '../../src/protocol/wire/token.js'
import { readOptions } from '../../src/read-options.js'
import {
  clientKey,
  flipped,
  formerKey,
  headerText,
  hubKey,
  named,
  plusGroupOrder,
  releaseClaims,
  sealText,
  strangerKey,
} from '../protocol/tokens-under-test.js'
import { clientPorts } from '../support/client-ports.js'
import { hourMs, type ManualClock, manualClock } from '../support/manual-clock.js'

const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const hubUrl = 'https://hub.example/api/v1'

/** What a forger makes of the claims that the hub would have signed; `null` leaves the token out. */
type Forge = (claims: WireLicenseClaims, earlier: string) => string | null

const json = (claims: object) => JSON.stringify(claims)
const license = headerText(tokenType.license)
const header = (change: object) => json({ alg: 'EdDSA', kid: 'k2', typ: tokenType.license, ...change })
const genuine = (claims: WireLicenseClaims) => signLicenseToken(hubKey, claims)

const forgeries: readonly [string, Forge][] = [
  ['no token', () => null],
  ['an empty token', () => ''],
  ['a byte changed in the header', (claims) => flipped(genuine(claims), 0)],
  ['a byte changed in the claims', (claims) => flipped(genuine(claims), 1)],
  ['a byte changed in the signature', (claims) => flipped(genuine(claims), 2)],
  ['half a token', (claims) => genuine(claims).slice(0, 200)],
  ['a valid signature by an unknown key', (claims) => signLicenseToken(strangerKey, claims)],
  ['a kid that says A on what an unknown key signed', (claims) => signLicenseToken(named(strangerKey, 'k1'), claims)],
  ['a kid that says A on what B signed', (claims) => signLicenseToken(named(hubKey, 'k1'), claims)],
  ['the algorithm none', (claims) => sealText(header({ alg: 'none' }), json(claims))],
  [
    'the algorithm none and no signature',
    (claims) => sealText(header({ alg: 'none' }), json(claims)).replace(/[^.]+$/, ''),
  ],
  ['the algorithm HS256', (claims) => sealText(header({ alg: 'HS256' }), json(claims))],
  ['the algorithm ES256', (claims) => sealText(header({ alg: 'ES256' }), json(claims))],
  ['a critical extension', (claims) => sealText(header({ crit: ['exp'] }), json(claims))],
  [
    'a key embedded in the header',
    (claims) =>
      sealText(header({ jwk: { kty: 'OKP', crv: 'Ed25519', x: strangerKey.publicKey } }), json(claims), strangerKey),
  ],
  ['a release token', () => signReleaseToken(hubKey, releaseClaims)],
  [
    'the claims of a license in a release token',
    (claims) => sealText(header({ typ: tokenType.release }), json(claims)),
  ],
  ['an offline license', ({ nonce: _, ...claims }) => signOfflineLicenseToken(hubKey, claims)],
  [
    'the claims of a license in a record',
    (claims) => sealText(headerText(tokenType.record, 'client'), json(claims), clientKey),
  ],
  ['another product', (claims) => genuine({ ...claims, aud: 'flavor-bakery' })],
  ['another domain', (claims) => genuine({ ...claims, domain: 'other.com' })],
  ['another installation', (claims) => genuine({ ...claims, installation_id: 'another' })],
  ['no installation', ({ installation_id: _, ...claims }) => genuine(claims)],
  ['another license', (claims) => genuine({ ...claims, sub: licenseKeySubject('FLVR-ZZZZ-ZZZZ-ZZZZ-ZZZZ') })],
  ['another hub', (claims) => genuine({ ...claims, iss: 'https://other.example/api/v1' })],
  ['a missing nonce', ({ nonce: _, ...claims }) => genuine(claims)],
  ['another nonce', (claims) => genuine({ ...claims, nonce: 'YW5vdGhlcg' })],
  ['an earlier token of this very license, replayed', (_, earlier) => earlier],
  [
    'a claim that stands twice',
    (claims) => sealText(license, json(claims).replace('"tier":', '"tier":"agency","tier":')),
  ],
  [
    'a claim left to __proto__',
    (claims) => sealText(license, json(claims).replace(/"status":"\w+"/, '"__proto__":{"status":"active"}')),
  ],
  ['the number 1e400', (claims) => sealText(license, json(claims).replace(/"exp":\d+/, '"exp":1e400'))],
  ['a lone surrogate', (claims) => sealText(license, json(claims).replace(/"tier":"\w+"/, '"tier":"\\ud800"'))],
  ['a byte order mark', (claims) => sealText(license, `\uFEFF${json(claims)}`)],
  [
    'ten thousand levels',
    (claims) => sealText(license, json(claims).replace('{', `{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)},`)),
  ],
  ['a padded signature', (claims) => `${genuine(claims)}==`],
  [
    'the same signature in a second spelling',
    (claims) => genuine(claims).replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
  ],
  ['a signature with S + L', (claims) => genuine(claims).replace(/[^.]+$/, plusGroupOrder)],
]

interface Scene {
  readonly client: LicenseClient
  readonly clock: ManualClock
  /** From now on, answers carry what `forge` makes, and say `status`; without it, the hub itself answers. */
  answerWith(status: 'active' | 'revoked', forge?: Forge): void
}

function scene(): Scene {
  const clock = manualClock()
  let status: 'active' | 'revoked' = 'active'
  let forge: Forge = genuine
  let earlier = ''
  const answer = (asked: WireLicenseRequest) => {
    const seconds = Math.floor(clock.now() / 1000)
    const claims: WireLicenseClaims = {
      iss: hubUrl,
      sub: licenseKeySubject(asked.license_key),
      aud: asked.product_slug,
      domain: asked.domain,
      ...(asked.installation_id !== undefined && { installation_id: asked.installation_id }),
      tier: 'starter',
      features: ['checkout'],
      status,
      license_exp: null,
      iat: seconds,
      exp: seconds + 30 * 86_400,
      ...(asked.nonce !== undefined && { nonce: asked.nonce }),
    }
    const token = forge(claims, earlier)
    if (forge === genuine) earlier = token ?? ''
    return {
      license_key: asked.license_key,
      product_slug: asked.product_slug,
      domain: asked.domain,
      tier: 'starter',
      status,
      expires_at: null,
      activated_at: new Date(clock.now()).toISOString(),
      features: ['checkout'],
      activations: { used: 1, limit: 1 },
      server_time: new Date(clock.now()).toISOString(),
      token,
    }
  }
  const transport = fetchTransport(async (input, init) =>
    Response.json(answer(v.parse(licenseRequestSchema, await new Request(input, init).json()))),
  )
  const settings = readOptions({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hubUrl, trustedKeys: { k1: formerKey.publicKey, k2: hubKey.publicKey } },
  })
  const client = composeClient(settings, clientPorts({ clock, transport, store: memoryRecordStore() }))
  return {
    client,
    clock,
    answerWith(nextStatus, nextForge = genuine) {
      status = nextStatus
      forge = nextForge
    },
  }
}

describe('the hub itself', () => {
  it('activates, renews and revokes: the forgeries below are refused for what they are', async () => {
    const { client, clock, answerWith } = scene()
    expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
    clock.advance(13 * hourMs)
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
    answerWith('revoked')
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'unlicensed', reason: 'revoked' })
  })
})

describe.each(forgeries)('an answer with %s', (name, forge) => {
  const reason = name === 'no token' ? 'proof-missing' : 'proof-invalid'

  it('lets nobody in', async () => {
    const { client, answerWith } = scene()
    answerWith('active', forge)
    expect(await client.activate(key)).toMatchObject({ outcome: 'deferred', reason })
    expect(client.status()).toMatchObject({ state: 'unknown' })
    expect(client.has('checkout')).toBe(false)
  })

  it('locks nobody out, and leaves the record as it is', async () => {
    const { client, clock, answerWith } = scene()
    await client.activate(key)
    const before = client.status()
    answerWith('revoked', forge)
    expect(await client.verify({ fresh: true })).toEqual({
      ...before,
      nextCheckAt: expect.any(Number),
      lastAttempt: { reason, retryAt: expect.any(Number) },
    })
    clock.advance(13 * hourMs)
    expect(await client.verify({ fresh: true })).toMatchObject({
      state: 'grace',
      tier: 'starter',
      features: ['checkout'],
    })
    expect(client.has('checkout')).toBe(true)

    answerWith('active')
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'licensed', source: 'hub' })
  })
})
