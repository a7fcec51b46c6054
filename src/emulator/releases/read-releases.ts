import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { SigningKey } from '../../issuing/index.js'
import type { Release } from '../hub/release.js'
import { problemOf } from '../schema-problem.js'
import { digestFile } from './digest-file.js'
import { type Manifest, manifestSchema } from './manifest.js'
import { EmulatorReleasesError } from './releases-error.js'
import { readVendorToken, type VendorToken } from './vendor-token.js'

/** A release from the folder, and where it belongs. */
export interface Publication {
  /** The manifest's path, for sentences. */
  readonly source: string
  /** The product's slug. */
  readonly product: string
  /** `null` where the release is of the product itself. */
  readonly component: PublishedComponent | null
  readonly release: Release
}

export interface PublishedComponent {
  readonly slug: string
  readonly name: string
  readonly category: string
  readonly requiredTier: string
}

const manifestEnding = '.release.json'

/** Far above any manifest: a disk image that is called one is not read. */
const longestManifest = 1_048_576

/**
 * The releases of a folder: each archive has a manifest `*.release.json` beside it.
 *
 * @throws EmulatorReleasesError for the first mistake found.
 */
export function readReleases(directory: string, keys: readonly SigningKey[], now: number): readonly Publication[] {
  const names = readable(directory, () => readdirSync(directory)).sort()
  const publications = names
    .filter((name) => name.endsWith(manifestEnding))
    .map((name) => readPublication(directory, name, keys, now))
  requireManifests(directory, names, publications)
  requireUnique(publications)
  return publications
}

function readPublication(directory: string, name: string, keys: readonly SigningKey[], now: number): Publication {
  const source = join(directory, name)
  const manifest = parseManifest(source, readManifest(source))
  const path = join(directory, manifest.filename)
  if (!isRegularFile(path)) {
    throw new EmulatorReleasesError(
      'missing-file',
      `The manifest ${source} names ${manifest.filename}, which is no file beside it.`,
    )
  }
  const { size, sha256, modifiedAt } = readable(path, () => digestFile(path))
  if ((manifest.size ?? size) !== size || (manifest.sha256 ?? sha256) !== sha256) {
    const sentence = `The archive ${path} is not the file that ${name} states: its size or digest is another.`
    throw new EmulatorReleasesError('file-mismatch', sentence)
  }
  const slug = manifest.slug ?? manifest.product
  const vendorToken = vendorTokenOf(source, manifest, { slug, size, sha256 }, keys, now)
  return {
    source,
    product: manifest.product,
    component: slug === manifest.product ? null : componentFrom(slug, manifest),
    release: {
      version: manifest.version,
      channel: manifest.channel ?? 'stable',
      releasedAt: manifest.released_at === undefined ? Math.floor(modifiedAt) : Date.parse(manifest.released_at),
      changelog: manifest.changelog ?? '',
      changelogUrl: manifest.changelog_url ?? null,
      requiresProduct: manifest.requires?.product ?? null,
      mandatory: manifest.mandatory ?? false,
      filename: manifest.filename,
      content: { kind: 'file', path, size, sha256, modifiedAt },
      ...(vendorToken && { vendorToken }),
    },
  }
}

function vendorTokenOf(
  source: string,
  { product, version, token }: Manifest,
  file: { readonly slug: string; readonly size: number; readonly sha256: string },
  keys: readonly SigningKey[],
  now: number,
): VendorToken | undefined {
  if (token === undefined || token === null) return undefined
  const result = readVendorToken(token, { aud: product, version, ...file }, keys, now)
  if ('ok' in result) return result.ok
  throw new EmulatorReleasesError('untrusted-release', `The token in ${source} ${result.problem}.`)
}

function componentFrom(slug: string, { component = {} }: Manifest): PublishedComponent {
  const { name = slug, category = 'other', required_tier: requiredTier = 'free' } = component
  return { slug, name, category, requiredTier }
}

function readManifest(source: string): unknown {
  const { size } = readable(source, () => lstatSync(source))
  const text = size > longestManifest ? '' : readable(source, () => readFileSync(source, 'utf8'))
  try {
    return unwrapped(JSON.parse(text))
  } catch (error) {
    throw new EmulatorReleasesError('invalid-manifest', `The manifest ${source} is not JSON.`, { cause: error })
  }
}

/** `flavor-license release sign --json` puts the manifest into its report. */
function unwrapped(value: unknown): unknown {
  const isReport = typeof value === 'object' && value !== null && 'outcome' in value && 'release' in value
  return isReport && value.outcome === 'signed' ? value.release : value
}

function parseManifest(source: string, value: unknown): Manifest {
  const result = v.safeParse(manifestSchema, value, { abortEarly: true })
  if (result.success) return result.output
  const [issue] = result.issues
  const sentence = `The manifest ${source} is not usable: ${problemOf(issue, 'a manifest')}.`
  throw new EmulatorReleasesError('invalid-manifest', sentence)
}

/** A zip archive without a manifest is one that was forgotten: it would silently not be offered. */
function requireManifests(directory: string, names: readonly string[], publications: readonly Publication[]): void {
  const listed = new Set(publications.map(({ release }) => release.filename))
  const forgotten = names.find((name) => name.toLowerCase().endsWith('.zip') && !listed.has(name))
  if (forgotten === undefined) return
  const sentence = `The archive ${join(directory, forgotten)} has no manifest: "flavor-license release sign" writes one.`
  throw new EmulatorReleasesError('missing-manifest', sentence)
}

function requireUnique(publications: readonly Publication[]): void {
  const seen = new Map<string, string>()
  for (const { product, component, release, source } of publications) {
    const identity = JSON.stringify([product, component?.slug ?? null, release.version])
    const earlier = seen.get(identity)
    if (earlier !== undefined) {
      const sentence = `The manifests ${earlier} and ${source} are of the same version. Keep one.`
      throw new EmulatorReleasesError('duplicate-release', sentence)
    }
    seen.set(identity, source)
  }
}

/** A link could lead out of the folder, and a device never ends. */
function isRegularFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}

function readable<Result>(path: string, read: () => Result): Result {
  try {
    return read()
  } catch (error) {
    const reason = error instanceof Error && 'code' in error ? String(error.code) : String(error)
    throw new EmulatorReleasesError('releases-unreadable', `The file or folder ${path} cannot be read (${reason}).`, {
      cause: error,
    })
  }
}
