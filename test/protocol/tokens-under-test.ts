import { nodeHash } from '../../src/adapters/node-hash.js'
import { nodeSignature } from '../../src/adapters/node-signature.js'
import { type LicenseKey, parseLicenseKey } from '../../src/domain/license/license-key.js'
import { emptyRecord, type LicenseRecord } from '../../src/domain/license/record.js'
import type { Release } from '../../src/domain/update/release.js'
import {
  licenseKeySubject,
  type SigningKey,
  signingKeyFromSeed,
  signLicenseToken,
  signOfflineLicenseToken,
  signReleaseToken,
} from '../../src/issuing/index.js'
import { decodeBase64Url, encodeBase64Url } from '../../src/protocol/base64url.js'
import type { AnswerProof, LicenseQuestion } from '../../src/protocol/exchange/license.js'
import type { LicenseTokenExpectation } from '../../src/protocol/license-token.js'
import type { OfflineLicenseExpectation } from '../../src/protocol/offline-license.js'
import { type RecordScope, type RecordTrust, sealRecord } from '../../src/protocol/record-file.js'
import type { ReleaseFacts, ReleaseTokenExpectation } from '../../src/protocol/release-token.js'
import type { WireLicenseClaims, WireReleaseClaims } from '../../src/protocol/wire/token.js'

export function licenseKeyOf(text: string): LicenseKey {
  const key = parseLicenseKey(text)
  if (!key) throw new Error(`${text} is no license key.`)
  return key
}

const keyOf = (byte: number, keyId: string): SigningKey =>
  signingKeyFromSeed(encodeBase64Url(new Uint8Array(32).fill(byte)), keyId)

export const publicKeyOf = (key: SigningKey): Uint8Array => decodeBase64Url(key.publicKey) ?? new Uint8Array()
export const seedOf = (key: SigningKey): Uint8Array => decodeBase64Url(key.seed) ?? new Uint8Array()

/** A key under another's name. */
export const named = (signer: SigningKey, keyId: string): SigningKey => ({ ...signer, keyId })

/** A token with another character amid one of its parts. */
export const flipped = (token: string, part: number): string =>
  token
    .split('.')
    .map((text, index) =>
      index === part ? text.replace(/^(.{9})(.)/, (_, start, at) => start + (at === 'A' ? 'B' : 'A')) : text,
    )
    .join('.')

/** The hub's key, the one before it that is pinned too, and one that nobody has pinned. */
export const hubKey: SigningKey = keyOf(1, 'k2')
export const formerKey: SigningKey = keyOf(2, 'k1')
export const strangerKey: SigningKey = keyOf(3, 'k3')
export const clientKey: SigningKey = keyOf(4, 'client')

export const pinnedKeys: ReadonlyMap<string, Uint8Array> = new Map(
  [hubKey, formerKey].map((key) => [key.keyId, publicKeyOf(key)]),
)

export const licenseKey: LicenseKey = licenseKeyOf('FLVR-ABCD-EFGH-IJKL-MNOP')
export const scope: RecordScope = {
  hub: 'https://hub.example/api/v1',
  product: 'flavor-starter',
  domain: 'mysite.com',
  installation: 'installation-1',
}

export const issuedAt: number = Date.parse('2026-01-15T12:00:00Z')
const seconds = issuedAt / 1000
export const nonce = 'bm9uY2UtMQ'

export const licenseClaims: WireLicenseClaims = {
  iss: scope.hub,
  sub: licenseKeySubject(licenseKey),
  aud: scope.product,
  domain: scope.domain,
  installation_id: scope.installation,
  tier: 'starter',
  features: ['checkout', 'courier-tracking'],
  status: 'active',
  license_exp: seconds + 365 * 86_400,
  iat: seconds,
  exp: seconds + 30 * 86_400,
  nonce,
}

export const licenseExpectation: LicenseTokenExpectation = {
  ...scope,
  keys: pinnedKeys,
  verify: nodeSignature.verify,
  subject: licenseClaims.sub,
  nonce,
}

export const offlineExpectation: OfflineLicenseExpectation = {
  ...scope,
  keys: pinnedKeys,
  verify: nodeSignature.verify,
}

export const releaseFacts: ReleaseFacts = {
  slug: scope.product,
  version: '1.5.0',
  size: 1_048_576,
  sha256: 'ab'.repeat(32),
}

export const releaseClaims: WireReleaseClaims = {
  iss: scope.hub,
  aud: scope.product,
  ...releaseFacts,
  iat: seconds,
  exp: seconds + 7 * 86_400,
}

export const releaseExpectation: ReleaseTokenExpectation = {
  keys: pinnedKeys,
  verify: nodeSignature.verify,
  hub: scope.hub,
  product: scope.product,
  time: issuedAt,
}

export const offeredRelease: Release = {
  ...releaseFacts,
  releasedAt: issuedAt - 1_000,
  channel: 'stable',
  changelogUrl: null,
  requiresProduct: null,
  mandatory: false,
  filename: 'flavor-starter-1.5.0.zip',
  issuedAt,
  token: signReleaseToken(hubKey, releaseClaims),
}

export const licenseToken: string = signLicenseToken(hubKey, licenseClaims)
export const offlineClaims: Omit<WireLicenseClaims, 'nonce'> = withoutNonce(licenseClaims)
export const offlineToken: string = signOfflineLicenseToken(hubKey, offlineClaims)
export const releaseToken: string = signReleaseToken(hubKey, releaseClaims)

/** Signs exactly these bytes as header and payload, whatever they are. */
export function sealBytes(header: Uint8Array, payload: Uint8Array, key: SigningKey = hubKey): string {
  const signed = `${encodeBase64Url(header)}.${encodeBase64Url(payload)}`
  return `${signed}.${encodeBase64Url(nodeSignature.sign(seedOf(key), new TextEncoder().encode(signed)))}`
}

const utf8 = (text: string) => new TextEncoder().encode(text)

/** Signs a header and a payload that are given as text, so that they may be no JSON, or unusual JSON. */
export function sealText(header: string, payload: string, key: SigningKey = hubKey): string {
  return sealBytes(utf8(header), utf8(payload), key)
}

export function headerText(typ: string, kid: string = hubKey.keyId): string {
  return JSON.stringify({ alg: 'EdDSA', kid, typ })
}

export const question: LicenseQuestion = {
  licenseKey,
  product: scope.product,
  productVersion: '1.4.2',
  domain: scope.domain,
  installation: scope.installation,
  nonce,
}

export const pinnedProof: AnswerProof = {
  keys: pinnedKeys,
  verify: nodeSignature.verify,
  hub: scope.hub,
  subject: licenseClaims.sub,
}
export const noProof: AnswerProof = { ...pinnedProof, keys: new Map() }

const digestKey = (key: string) => Buffer.from(nodeHash.sha256(utf8(key))).toString('hex')

export const unpinnedTrust: RecordTrust = {
  hubKeys: new Map(),
  clientSeed: seedOf(clientKey),
  verifyOwn: nodeSignature.verifyOwn,
  verify: nodeSignature.verify,
  digestKey,
}
export const pinnedTrust: RecordTrust = { ...unpinnedTrust, hubKeys: pinnedKeys }

/** A record with something in every field that an edit could be after. */
export const fullRecord: LicenseRecord = {
  ...emptyRecord,
  epoch: 3,
  serial: 17,
  licenseKey,
  entitlement: {
    basis: 'hub',
    status: 'active',
    tier: 'starter',
    features: ['checkout', 'courier-tracking'],
    expiresAt: issuedAt + 365 * 86_400_000,
    issuedAt,
    leaseEndsAt: issuedAt + 30 * 86_400_000,
  },
  token: licenseToken,
  activations: { used: 1, limit: 3 },
  pending: { licenseKey: licenseKeyOf('FLVR-NEXT-0000-0000-0001'), nonce: 'bmV4dA', startedAt: issuedAt + 1_000 },
  superseded: [licenseKeyOf('FLVR-PAST-0000-0000-0001')],
  lastWordAt: issuedAt,
  updates: {
    product: { question: 'ab', askedAt: issuedAt, offers: [offeredRelease], withheld: [] },
    components: null,
    milestones: { '[null,"flavor-starter"]': { version: '1.5.0', issuedAt } },
  },
  components: {
    'card-payments': {
      version: '2.1.0',
      sha256: 'cd'.repeat(32),
      installedAt: issuedAt,
      folder: '2.1.0-bmV3',
      directory: '/srv/shop/components',
      previous: { version: '2.0.0', sha256: 'ab'.repeat(32), installedAt: issuedAt - 1_000, folder: '2.0.0-b2xk' },
    },
    'parcel-courier': {
      version: '1.10.0',
      sha256: 'ef'.repeat(32),
      installedAt: issuedAt,
      folder: '1.10.0-Zmly',
      directory: '/srv/shop/components',
      previous: null,
      onTrial: true,
    },
  },
  clock: { offset: -1_500, floor: issuedAt + 3_600_000 },
  backOff: { reason: 'timeout', failures: 2, attemptedAt: issuedAt + 5_000, until: issuedAt + 600_000 },
}

export function seal(record: LicenseRecord, of: RecordScope = scope, key: SigningKey = clientKey): string {
  return sealRecord(record, of, (message) => nodeSignature.sign(seedOf(key), message))
}

function withoutNonce({ nonce: _, ...claims }: WireLicenseClaims): Omit<WireLicenseClaims, 'nonce'> {
  return claims
}

/** The second signature of the same message that a lenient verifier accepts. */
export function plusGroupOrder(signature: string): string {
  const bytes = Buffer.from(signature, 'base64url')
  const scalar = BigInt(`0x${Buffer.from(bytes.subarray(32)).reverse().toString('hex')}`)
  const moved = (scalar + 2n ** 252n + 27742317777372353535851937790883648493n).toString(16).padStart(64, '0')
  return encodeBase64Url(Buffer.concat([bytes.subarray(0, 32), Buffer.from(moved, 'hex').reverse()]))
}
