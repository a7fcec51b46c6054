import { type SigningKey, signLicenseToken } from '../../issuing/index.js'
import { jsonReply } from '../http/reply.js'
import type { Answer } from './answer.js'
import { claimsOf, forgeToken, strangersKey } from './forged-token.js'

/** All of them, for a test that tries each. */
export const releaseTokenProblems = [
  'missing',
  'flipped-bit',
  'unknown-key',
  'wrong-signer',
  'license-token',
  'other-hub',
  'other-product',
  'other-slug',
  'other-version',
  'other-file',
  'expired',
  'issued-earlier',
  'duplicate-claim',
] as const

/**
 * What is wrong with a release's token:
 *
 * - `missing`: `null`, as from a hub that signs nothing
 * - `flipped-bit`: of the signature
 * - `unknown-key`: signed by a stranger under the stranger's own `kid`
 * - `wrong-signer`: signed by another key than the `kid` says
 * - `license-token`: a genuine license token in its place
 * - `other-hub`, `other-product`, `other-slug`, `other-version`, `other-file`: genuine, and about something else
 * - `expired`: genuine, ended a second ago
 * - `issued-earlier`: genuine, and a day older than it should be, as when an old answer is shown again
 * - `duplicate-claim`: genuine, with the size named twice
 */
export type ReleaseTokenProblem = (typeof releaseTokenProblems)[number]

/** What goes wrong with the releases in an answer of `updateCheck`, `updateInfo` and `componentCheck`. */
export type ReleaseFault =
  | { readonly kind: 'release-token'; readonly problem: ReleaseTokenProblem }
  /**
   * One field of every release is another, or missing without a `value`. The token says the same, genuinely signed,
   * unless `signed` is false. Default: signed: true.
   */
  | {
      readonly kind: 'release-field'
      readonly field: string
      readonly value?: string | number | boolean | null | undefined
      readonly signed?: boolean | undefined
    }
  /** A field of every release stands twice in the JSON, first with this value. */
  | {
      readonly kind: 'duplicate-field'
      readonly field: string
      readonly value: string | number | boolean | null
    }

export interface ReleaseFaultContext {
  /** Epoch milliseconds. */
  readonly now: number
  /** Those that the hub publishes; the first one signs. */
  signingKeys(): readonly SigningKey[]
}

type Release = Readonly<Record<string, unknown>>

export async function applyReleaseFault(
  fault: ReleaseFault,
  context: ReleaseFaultContext,
  answer: Answer,
): Promise<Response> {
  const response = await answer()
  if (response.status !== 200) return response
  const body: unknown = await response.json()
  switch (fault.kind) {
    case 'release-token':
      return jsonReply(200, mapReleases(body, withTokenProblem(fault.problem, context)))
    case 'release-field':
      return jsonReply(200, mapReleases(body, withField(fault, context)))
    case 'duplicate-field': {
      const marked = mapReleases(body, (release) => ({ [marker]: fault.value, ...release }))
      const text = JSON.stringify(marked).replaceAll(JSON.stringify(marker), JSON.stringify(fault.field))
      return new Response(text, { headers: { 'content-type': 'application/json' } })
    }
  }
}

/** A name that stands for another one until the text is written: no object can hold a name twice. */
const marker = '\u0000twice'

function mapReleases(value: unknown, change: (release: Release) => Release): unknown {
  if (Array.isArray(value)) return value.map((item) => mapReleases(item, change))
  if (typeof value !== 'object' || value === null) return value
  if ('sha256' in value) return change({ ...value })
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapReleases(item, change)]))
}

function withField(
  { field, value, signed = true }: Extract<ReleaseFault, { kind: 'release-field' }>,
  { signingKeys }: ReleaseFaultContext,
): (release: Release) => Release {
  const changed = (object: Release): Release => {
    const { [field]: _, ...others } = object
    return value === undefined ? others : { ...others, [field]: value }
  }
  return (release) => {
    const claims = claimsOf(release['token'])
    if (!signed || claims === undefined || !Object.hasOwn(claims, field)) return changed(release)
    return { ...changed(release), token: forgeToken(JSON.stringify(changed(claims)), currentKey(signingKeys())) }
  }
}

function withTokenProblem(
  problem: ReleaseTokenProblem,
  { now, signingKeys }: ReleaseFaultContext,
): (release: Release) => Release {
  return (release) => {
    const claims = claimsOf(release['token'])
    if (claims === undefined) return release
    const token = problematicToken(problem, { claims, token: String(release['token']), keys: signingKeys(), now })
    return { ...release, token }
  }
}

interface GenuineToken {
  readonly token: string
  readonly claims: Release
  readonly keys: readonly SigningKey[]
  readonly now: number
}

function problematicToken(problem: ReleaseTokenProblem, { token, claims, keys, now }: GenuineToken): string | null {
  const key = currentKey(keys)
  const genuine = (changes: Release): string => forgeToken(JSON.stringify({ ...claims, ...changes }), key)
  const seconds = Math.floor(now / 1000)
  switch (problem) {
    case 'missing':
      return null
    case 'flipped-bit':
      return withFlippedBit(token)
    case 'unknown-key':
      return forgeToken(JSON.stringify(claims), strangersKey)
    case 'wrong-signer':
      return forgeToken(JSON.stringify(claims), misnamed(keys))
    case 'license-token':
      return licenseTokenOf(claims, key, seconds)
    case 'other-hub':
      return genuine({ iss: 'https://another-hub.example/api/v1' })
    case 'other-product':
      return genuine({ aud: 'another-product' })
    case 'other-slug':
      return genuine({ slug: 'another-component' })
    case 'other-version':
      return genuine({ version: '0.0.1' })
    case 'other-file':
      return genuine({ sha256: '0'.repeat(64) })
    case 'expired':
      return genuine({ exp: seconds - 1 })
    case 'issued-earlier':
      return genuine({ iat: seconds - daySeconds, exp: Number(claims['exp']) - daySeconds })
    case 'duplicate-claim': {
      const text = JSON.stringify({ [marker]: 1, ...claims })
      return forgeToken(text.replace(JSON.stringify(marker), '"size"'), key)
    }
  }
}

const daySeconds = 86_400

/** The hub's own key under the name of its other one, for products pin both; a stranger's where there is no other. */
function misnamed(keys: readonly SigningKey[]): SigningKey {
  const key = currentKey(keys)
  const other = keys.find(({ keyId }) => keyId !== key.keyId)
  return other ? { ...key, keyId: other.keyId } : { ...strangersKey, keyId: key.keyId }
}

function licenseTokenOf(claims: Release, key: SigningKey, seconds: number): string {
  return signLicenseToken(key, {
    iss: String(claims['iss']),
    sub: '0'.repeat(64),
    aud: String(claims['aud']),
    domain: 'mysite.com',
    tier: 'starter',
    features: [],
    status: 'active',
    license_exp: null,
    iat: seconds,
    exp: seconds + daySeconds,
  })
}

function withFlippedBit(token: string): string {
  const [header, payload, signature = ''] = token.split('.')
  const bytes = Buffer.from(signature, 'base64url')
  bytes[0] = (bytes[0] ?? 0) ^ 1
  return [header, payload, bytes.toString('base64url')].join('.')
}

function currentKey([key]: readonly SigningKey[]): SigningKey {
  if (key === undefined) throw new RangeError('The hub has no signing key.')
  return key
}
