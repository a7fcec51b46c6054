import { type ReleaseFile, type ReleaseFileProblem, readReleaseFile } from '../adapters/release-file.js'
import { systemClock } from '../adapters/system-clock.js'
import type { WireRelease } from '../protocol/wire/release.js'
import { IssuingError } from './issuing-error.js'
import { readHub, readProduct, readValidity, type Validity } from './offline-license-terms.js'
import {
  readChangelog,
  readChangelogUrl,
  readChannel,
  readComponent,
  readFilename,
  readRequirement,
  readVersion,
} from './release-terms.js'
import { requireSigningKey, type SigningKey } from './signing-key.js'
import { signReleaseToken } from './tokens.js'

/** What a release shall say. Times are epoch milliseconds. */
export interface ReleaseTerms {
  /** The archive. It is read to its end, a part at a time. */
  readonly file: string
  /** The hub's base URL as products have it: it is compared as an exact string. */
  readonly hub: string
  /** The product's slug. */
  readonly product: string
  /**
   * The slug of the component that this is a release of.
   *
   * @defaultValue none: a release of the product itself
   */
  readonly component?: string | undefined
  /** Semantic version. */
  readonly version: string
  /** @defaultValue 'stable' */
  readonly channel?: 'stable' | 'beta' | undefined
  /**
   * The range, such as `>=1.4.0`, that the product's own version must be in.
   *
   * @defaultValue none: any version will do
   */
  readonly requires?: string | undefined
  /**
   * Asks users not to skip this release.
   *
   * @defaultValue false
   */
  readonly mandatory?: boolean | undefined
  /**
   * Markdown.
   *
   * @defaultValue none
   */
  readonly changelog?: string | undefined
  /** @defaultValue none */
  readonly changelogUrl?: string | undefined
  /**
   * How long clients accept the release; sign it again before it ends.
   *
   * @defaultValue 30 days
   */
  readonly validity?: Validity | undefined
  /** @defaultValue the present */
  readonly now?: number | undefined
}

/** A release as a hub publishes it: what clients are answered, and beside it what the hub must know. */
export interface ReleaseManifest extends WireRelease {
  /** The product's slug. */
  readonly product: string
  /** Markdown. */
  readonly changelog?: string
  readonly token: string
}

/** A release to publish. Holds no secret. */
export interface SignedRelease {
  /** JSON for the hub; the local hub reads it from a file `*.release.json` beside the archive. */
  readonly release: ReleaseManifest
  readonly keyId: string
  readonly hub: string
  readonly issuedAt: number
  readonly validUntil: number
}

/**
 * Hashes a release's file and signs what clients are to know of it.
 *
 * @throws IssuingError with one sentence for the first mistake found: `invalid-signing-key`, `invalid-key-id`,
 * `invalid-hub-url`, `invalid-product-slug`, `invalid-component-slug`, `invalid-version`, `invalid-channel`,
 * `invalid-requirement`, `invalid-changelog`, `invalid-validity`, `release-file-unreadable`, `invalid-release-file`.
 */
export async function signRelease(key: SigningKey, terms: ReleaseTerms): Promise<SignedRelease> {
  const { keyId } = requireSigningKey(key)
  // Tokens count in seconds.
  const issuedAt = wholeSecond(terms.now ?? systemClock.now())
  const hub = readHub(terms.hub)
  const product = readProduct(terms.product)
  const validUntil = wholeSecond(readValidity(terms.validity ?? { days: 30 }, issuedAt))
  const stated = {
    product,
    slug: terms.component === undefined ? product : readComponent(terms.component, product),
    version: readVersion(terms.version),
    released_at: new Date(issuedAt).toISOString(),
    channel: readChannel(terms.channel ?? 'stable'),
    changelog_url: terms.changelogUrl === undefined ? null : readChangelogUrl(terms.changelogUrl),
    requires: terms.requires === undefined ? null : { product: readRequirement(terms.requires) },
    ...(terms.mandatory === true && { mandatory: true }),
    ...(terms.changelog !== undefined && { changelog: readChangelog(terms.changelog) }),
  }
  const { filename, size, sha256 } = await readFile(terms.file)
  const token = signReleaseToken(key, {
    iss: hub,
    aud: product,
    slug: stated.slug,
    version: stated.version,
    sha256,
    size,
    iat: issuedAt / 1000,
    exp: validUntil / 1000,
  })
  const release = { ...stated, size, sha256, filename: readFilename(filename), token }
  return { release, keyId, hub, issuedAt, validUntil }
}

const sentences: Readonly<Record<ReleaseFileProblem, string>> = {
  'not-a-file': 'is not a file. Name the archive of the release.',
  empty: 'is empty. Name the archive of the release.',
  changing: 'changed while it was read. Sign it once it is written.',
}

async function readFile(path: string): Promise<ReleaseFile> {
  const file = await readReleaseFile(path).catch((error: unknown) => {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    const message = `The release file ${path} cannot be read (${reason}).`
    throw new IssuingError('release-file-unreadable', message, { cause: error })
  })
  if (typeof file === 'object') return file
  throw new IssuingError('invalid-release-file', `The release file ${path} ${sentences[file]}`)
}

function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000
}
