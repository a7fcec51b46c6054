import * as v from 'valibot'
import { afterAll, describe, expect, it } from 'vitest'
import { createEmulator } from '../../../src/emulator/index.js'
import {
  type SigningKey,
  signLicenseToken,
  signOfflineLicenseToken,
  signReleaseToken,
} from '../../../src/issuing/index.js'
import type { ReleaseFacts } from '../../../src/protocol/release-token.js'
import { updateCheckSchema } from '../../../src/protocol/wire/release.js'
import { tokenType, type WireReleaseClaims } from '../../../src/protocol/wire/token.js'
import { type DownloadScene, downloadScene } from '../../client/download-scene.js'
import { figure } from '../../process/support/proof-length.js'
import {
  clientKey,
  flipped,
  formerKey,
  headerText,
  hubKey,
  licenseClaims,
  named,
  offlineClaims,
  plusGroupOrder,
  sealText,
  strangerKey,
} from '../../protocol/tokens-under-test.js'
import { dayMs, manualClock } from '../../support/manual-clock.js'

/** What a forger makes of the claims that the seller would have signed; `null` leaves the token out. */
type Forge = (claims: WireReleaseClaims) => string | null

const hubUrl = 'https://hub.example/api/v1'
const json = (claims: object) => JSON.stringify(claims)
const typ = headerText(tokenType.release)
const header = (change: object) => json({ alg: 'EdDSA', kid: hubKey.keyId, typ: tokenType.release, ...change })
const genuine = (claims: WireReleaseClaims) => signReleaseToken(hubKey, claims)

const forgeries: readonly [string, Forge][] = [
  ['no token', () => null],
  ['an empty token', () => ''],
  ['half a token', (claims) => genuine(claims).slice(0, 200)],
  ['a byte changed in the header', (claims) => flipped(genuine(claims), 0)],
  ['a byte changed in the claims', (claims) => flipped(genuine(claims), 1)],
  ['a byte changed in the signature', (claims) => flipped(genuine(claims), 2)],
  ['a valid signature by an unknown key', (claims) => signReleaseToken(strangerKey, claims)],
  ['a kid that says A on what an unknown key signed', (claims) => signReleaseToken(named(strangerKey, 'k1'), claims)],
  ['a kid that says A on what B signed', (claims) => signReleaseToken(named(hubKey, 'k1'), claims)],
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
  ['a license token', () => signLicenseToken(hubKey, licenseClaims)],
  ['an offline license', () => signOfflineLicenseToken(hubKey, offlineClaims)],
  ['the claims of a release in a license token', (claims) => sealText(headerText(tokenType.license), json(claims))],
  [
    'the claims of a release that the client itself signed',
    (claims) => sealText(headerText(tokenType.record, 'client'), json(claims), clientKey),
  ],
  ['another hub', (claims) => genuine({ ...claims, iss: 'https://other.example/api/v1' })],
  ['another product', (claims) => genuine({ ...claims, aud: 'flavor-bakery' })],
  ['another component', (claims) => genuine({ ...claims, slug: 'card-payments' })],
  ['another version', (claims) => genuine({ ...claims, version: '9.9.9' })],
  ['the same version with build metadata', (claims) => genuine({ ...claims, version: `${claims.version}+1` })],
  ['another file', (claims) => genuine({ ...claims, sha256: 'ab'.repeat(32) })],
  ['another size', (claims) => genuine({ ...claims, size: claims.size + 1 })],
  ['a negative size', (claims) => sealText(typ, json({ ...claims, size: -1 }))],
  ['a size beyond what a double holds', (claims) => sealText(typ, json({ ...claims, size: 2 ** 53 }))],
  ['a size as text', (claims) => sealText(typ, json({ ...claims, size: String(claims.size) }))],
  ['no size', ({ size: _, ...claims }) => sealText(typ, json(claims))],
  ['an end that has passed', (claims) => genuine({ ...claims, iat: claims.iat - 7_200, exp: claims.iat - 3_600 })],
  ['an issue six minutes ahead', (claims) => genuine({ ...claims, iat: claims.iat + 360 })],
  ['a claim that stands twice', (claims) => sealText(typ, json(claims).replace('"size":', '"size":1,"size":'))],
  [
    'a claim left to __proto__',
    (claims) => sealText(typ, json(claims).replace(/"size":(\d+)/, '"__proto__":{"size":$1}')),
  ],
  ['the number 1e400', (claims) => sealText(typ, json(claims).replace(/"exp":\d+/, '"exp":1e400'))],
  ['a lone surrogate', (claims) => sealText(typ, json(claims).replace(/"slug":"[^"]+"/, '"slug":"\\ud800"'))],
  ['a byte order mark', (claims) => sealText(typ, `\uFEFF${json(claims)}`)],
  [
    'ten thousand levels',
    (claims) => sealText(typ, json(claims).replace('{', `{"deep":${'['.repeat(10_000)}${']'.repeat(10_000)},`)),
  ],
  ['a padded signature', (claims) => `${genuine(claims)}==`],
  [
    'the same signature in a second spelling',
    (claims) => genuine(claims).replace(/.$/, (last) => String.fromCharCode(last.charCodeAt(0) + 1)),
  ],
  ['a signature with S + L', (claims) => genuine(claims).replace(/[^.]+$/, plusGroupOrder)],
]

const tally = { forgeries: forgeries.length, refused: 0 }
afterAll(() => figure(14, 'forged releases', tally))

interface ForgedScene extends DownloadScene {
  /** From now on, this is what the hub's answers carry. */
  answerWith(forge: Forge): void
}

/** A product that pins the hub's own key and two of the seller, and a hub whose releases carry what is forged. */
async function scene(pinned: readonly SigningKey[] = [formerKey, hubKey]): Promise<ForgedScene> {
  let forge: Forge = genuine
  const clock = manualClock()
  const sellers = pinned.map(({ keyId, publicKey }) => [keyId, publicKey] as const)
  const trustedKeys = { ...createEmulator().keys, ...Object.fromEntries(sellers) }
  const made = await downloadScene({ clock, client: { hub: { url: hubUrl, trustedKeys } } })
  made.emulator.faults.inject({
    route: 'updateCheck',
    kind: 'respond',
    respond: async (_request, answer) => {
      const body = v.parse(updateCheckSchema, await (await answer()).json())
      if (!body.release) throw new Error('The hub offers nothing.')
      return Response.json({ ...body, release: { ...body.release, token: forge(claimsOf(body.release, clock.now())) } })
    },
  })
  return {
    ...made,
    answerWith(next) {
      forge = next
    },
  }
}

function claimsOf({ slug, version, size, sha256 }: ReleaseFacts, now: number): WireReleaseClaims {
  const iat = Math.floor(now / 1000)
  return { iss: hubUrl, aud: 'flavor-starter', slug, version, size, sha256, iat, exp: iat + 7 * 86_400 }
}

describe('the seller', () => {
  it('is believed: the forgeries below are refused for what they are', async () => {
    const { offered, download, files } = await scene()
    const release = await offered()
    expect(await download(release)).toMatchObject({ outcome: 'downloaded' })
    expect(files()).toEqual([release.filename])
  })

  it('may change keys: both are believed while both are pinned, and the old one no longer once it is not', async () => {
    const withFormerKey = (claims: WireReleaseClaims) => signReleaseToken(formerKey, claims)
    const both = await scene([formerKey, hubKey])
    both.answerWith(withFormerKey)
    const release = await both.offered()
    const after = await scene([hubKey])
    after.answerWith(withFormerKey)
    expect(await after.client.checkUpdates()).toMatchObject({ outcome: 'deferred', reason: 'proof-invalid' })
    expect(await after.download(release)).toMatchObject({ outcome: 'refused', reason: 'proof-invalid' })
  })

  it('is believed again where its token has ended meanwhile', async () => {
    const { clock, client, download, offered } = await scene()
    const release = await offered()
    clock.advance(8 * dayMs)
    expect(await download(release)).toMatchObject({ outcome: 'refused', reason: 'proof-expired' })
    const again = await client.checkUpdates()
    expect(again).toMatchObject({ outcome: 'available', source: 'hub' })
  })
})

describe.each(forgeries)('a release with %s', (name, forge) => {
  const reason = name === 'no token' ? 'proof-missing' : 'proof-invalid'

  it('is neither offered nor downloaded, and costs nothing that is known', async () => {
    const { answerWith, client, clock, download, fileRequests, files, offered } = await scene()
    const release = await offered()
    answerWith(forge)
    expect(await client.checkUpdates({ fresh: true })).toMatchObject({ outcome: 'deferred', reason })
    expect(await client.checkUpdates()).toMatchObject({ outcome: 'available', source: 'record', release })

    const token = forge(claimsOf(release, clock.now()))
    const outcome = await download({ ...release, token })
    expect(outcome).toMatchObject({ outcome: 'refused', reason: expect.stringMatching(/^proof-/) })
    expect([fileRequests(), files()]).toEqual([0, []])
    tally.refused += 1

    answerWith(genuine)
    expect(await client.checkUpdates({ fresh: true })).toMatchObject({ outcome: 'available', source: 'hub' })
  })
})
