import type { WireRelease } from '../../protocol/wire/release.js'
import { artifactOf } from '../hub/artifact.js'
import type { Product, Release } from '../hub/release.js'
import type { Call } from './endpoint.js'

/** A release of a product, or of the component with that slug, as it goes over the wire. */
export function wireRelease(slug: string, product: Product, release: Release, { hub, exchange }: Call): WireRelease {
  const artifact = artifactOf(slug, release)
  const answer: Omit<WireRelease, 'token'> = {
    slug,
    version: release.version,
    released_at: new Date(release.releasedAt).toISOString(),
    channel: release.channel,
    changelog_url: release.changelogUrl,
    requires: release.requiresProduct === null ? null : { product: release.requiresProduct },
    size: artifact.size,
    sha256: artifact.sha256,
    filename: artifact.filename,
    ...(release.mandatory ? { mandatory: true } : {}),
  }
  return { ...answer, token: hub.signer.release(answer, product.slug, exchange, release.vendorToken) }
}
