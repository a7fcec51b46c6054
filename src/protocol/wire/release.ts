import * as v from 'valibot'
import { countSchema, type Schema, sha256HexSchema, textSchema, timestampSchema } from './primitives.js'

/** What every request about updates and components names (assumed). */
export interface WireProductRequest {
  readonly license_key: string
  readonly product_slug: string
  readonly domain: string
}

export const productRequestEntries: {
  readonly license_key: Schema<string>
  readonly product_slug: Schema<string>
  readonly domain: Schema<string>
} = { license_key: textSchema, product_slug: textSchema, domain: textSchema }

/** Body of `/update/check` (assumed). */
export interface WireUpdateCheckRequest extends WireProductRequest {
  readonly current_version: string
  readonly channel?: string
}

export const updateCheckRequestSchema: Schema<WireUpdateCheckRequest> = v.object({
  ...productRequestEntries,
  current_version: textSchema,
  channel: v.exactOptional(textSchema),
})

/** Body of `/update/info` (assumed). Without a version: the latest. */
export interface WireUpdateInfoRequest extends WireProductRequest {
  readonly version?: string
}

export const updateInfoRequestSchema: Schema<WireUpdateInfoRequest> = v.object({
  ...productRequestEntries,
  version: v.exactOptional(textSchema),
})

/** Body of `/update/download` and `/components/{slug}/download` (assumed). */
export interface WireDownloadRequest extends WireProductRequest {
  readonly version: string
}

export const downloadRequestSchema: Schema<WireDownloadRequest> = v.object({
  ...productRequestEntries,
  version: textSchema,
})

/** A release of the product or of one of its components (assumed). */
export interface WireRelease {
  readonly slug: string
  readonly version: string
  readonly released_at: string
  readonly channel: string
  readonly changelog_url: string | null
  /** A semver range that the product's version must be in. */
  readonly requires: { readonly product?: string } | null
  /** Bytes. */
  readonly size: number
  readonly sha256: string
  readonly filename: string
  readonly mandatory?: boolean
  /** A JWS of type `flavor-release+jwt`, or `null` from a hub that signs nothing. */
  readonly token: string | null
}

const releaseEntries = {
  slug: textSchema,
  version: textSchema,
  released_at: timestampSchema,
  channel: textSchema,
  changelog_url: v.nullable(textSchema),
  requires: v.nullable(v.object({ product: v.exactOptional(textSchema) })),
  size: countSchema,
  sha256: sha256HexSchema,
  filename: textSchema,
  mandatory: v.exactOptional(v.boolean()),
  token: v.nullable(v.string()),
}

export const releaseSchema: Schema<WireRelease> = v.object(releaseEntries)

/** Answer of `/update/check` (assumed). */
export interface WireUpdateCheck {
  readonly update_available: boolean
  readonly product_slug: string
  readonly current_version: string
  readonly latest_version: string
  readonly release: WireRelease | null
}

export const updateCheckSchema: Schema<WireUpdateCheck> = v.object({
  update_available: v.boolean(),
  product_slug: textSchema,
  current_version: textSchema,
  latest_version: textSchema,
  release: v.nullable(releaseSchema),
})

/** Answer of `/update/info` (assumed): the release with its changelog in Markdown. */
export interface WireUpdateInfo extends WireRelease {
  readonly changelog: string
}

export const updateInfoSchema: Schema<WireUpdateInfo> = v.object({ ...releaseEntries, changelog: textSchema })
