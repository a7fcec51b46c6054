import * as v from 'valibot'
import { Count, Sha256Hex, Text, Timestamp } from './primitives.js'

const LicensedProduct = {
  license_key: Text,
  product_slug: Text,
  domain: Text,
}

/** Body of `/update/check` (assumed). */
export const UpdateCheckRequest = v.object({
  ...LicensedProduct,
  current_version: Text,
  channel: v.optional(Text),
})

/** Body of `/update/info` (assumed). Without a version: the latest. */
export const UpdateInfoRequest = v.object({ ...LicensedProduct, version: v.optional(Text) })

/** Body of `/update/download` (assumed). */
export const UpdateDownloadRequest = v.object({ ...LicensedProduct, version: Text })

/** A release of the product or of one of its components (assumed). */
export const Release = v.object({
  slug: Text,
  version: Text,
  released_at: Timestamp,
  channel: Text,
  changelog_url: v.nullable(Text),
  requires: v.nullable(v.object({ product: v.optional(Text) })),
  size: Count,
  sha256: Sha256Hex,
  filename: Text,
  mandatory: v.optional(v.boolean()),
  /** A JWS of type `flavor-release+jwt`, or `null` from a hub that signs nothing. */
  token: v.nullable(v.string()),
})

/** Answer of `/update/check` (assumed). */
export const UpdateCheck = v.object({
  update_available: v.boolean(),
  product_slug: Text,
  current_version: Text,
  latest_version: Text,
  release: v.nullable(Release),
})

/** Answer of `/update/info` (assumed): the release with its changelog in Markdown. */
export const UpdateInfo = v.object({ ...Release.entries, changelog: Text })

export type UpdateCheckRequestWire = v.InferOutput<typeof UpdateCheckRequest>
export type ReleaseWire = v.InferOutput<typeof Release>
export type UpdateCheckWire = v.InferOutput<typeof UpdateCheck>
export type UpdateInfoWire = v.InferOutput<typeof UpdateInfo>
