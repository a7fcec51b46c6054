import { compare, gt } from 'semver'
import { HubRefusal } from './refusal.js'

export const channels = ['stable', 'beta'] as const
export type Channel = (typeof channels)[number]

/** What a release's file holds: given bytes, or as many as asked for, the same at every start. */
export type Content =
  | { readonly kind: 'generated'; readonly bytes: number }
  | { readonly kind: 'base64'; readonly base64: string }
  | { readonly kind: 'text'; readonly text: string }

export interface Release {
  readonly version: string
  readonly channel: Channel
  /** Epoch milliseconds. */
  readonly releasedAt: number
  readonly changelog: string
  readonly changelogUrl: string | null
  /** A semver range that the product's version must be in. */
  readonly requiresProduct: string | null
  readonly mandatory: boolean
  readonly filename: string
  readonly content: Content
}

/** A part of a product that is versioned on its own. */
export interface Component {
  readonly slug: string
  readonly name: string
  readonly category: string
  readonly requiredTier: string
  readonly releases: readonly Release[]
}

export interface Product {
  readonly slug: string
  readonly name: string
  readonly releases: readonly Release[]
  readonly components: readonly Component[]
}

/** The highest version of a channel. The beta channel sees the stable releases too. */
export function latestRelease(releases: readonly Release[], channel: Channel): Release | undefined {
  return releases
    .filter((release) => channel === 'beta' || release.channel === 'stable')
    .reduce<Release | undefined>(
      (best, release) => (best && compare(best.version, release.version) >= 0 ? best : release),
      undefined,
    )
}

export function releaseOf(releases: readonly Release[], version: string): Release {
  const release = releases.find((candidate) => candidate.version === version)
  if (release === undefined) throw new HubRefusal('release_not_found')
  return release
}

export function isUpdate(release: Release, currentVersion: string): boolean {
  return gt(release.version, currentVersion)
}

export function componentOf(product: Product, slug: string): Component {
  const component = product.components.find((candidate) => candidate.slug === slug)
  if (component === undefined) throw new HubRefusal('component_not_found')
  return component
}
