import * as v from 'valibot'
import { type LicenseStatus, licenseStatusSchema } from './license.js'
import { countSchema, numericDateSchema, type Schema, sha256HexSchema, textSchema } from './primitives.js'

/** The `typ` of each kind of token (assumed). One kind is never accepted where another is expected. */
export const tokenType = {
  license: 'flavor-license+jwt',
  offlineLicense: 'flavor-offline-license+jwt',
  release: 'flavor-release+jwt',
  record: 'flavor-record+jwt',
} as const

export type TokenType = (typeof tokenType)[keyof typeof tokenType]

/** Claims of a license token (assumed; registered names of RFC 7519 where one exists). */
export interface WireLicenseClaims {
  /** The hub's base URL, compared as an exact string. */
  readonly iss: string
  /** SHA-256 of the license key in hex: the key itself is never in a token. */
  readonly sub: string
  /** The product's slug. */
  readonly aud: string
  readonly domain: string
  readonly installation_id?: string
  readonly tier: string
  readonly features: readonly string[]
  readonly status: LicenseStatus
  /** Seconds since the epoch; `null` is a lifetime license. */
  readonly license_exp: number | null
  readonly iat: number
  /** End of the lease: how long the token may be trusted without the hub. */
  readonly exp: number
  /** Echo of the request's nonce. */
  readonly nonce?: string
}

export const licenseClaimsSchema: Schema<WireLicenseClaims> = v.object({
  iss: textSchema,
  sub: sha256HexSchema,
  aud: textSchema,
  domain: textSchema,
  installation_id: v.exactOptional(textSchema),
  tier: textSchema,
  features: v.array(textSchema),
  status: licenseStatusSchema,
  license_exp: v.nullable(numericDateSchema),
  iat: numericDateSchema,
  exp: numericDateSchema,
  nonce: v.exactOptional(textSchema),
})

/** Claims of a release token (assumed). */
export interface WireReleaseClaims {
  readonly iss: string
  readonly aud: string
  /** The product, or one of its components. */
  readonly slug: string
  readonly version: string
  readonly sha256: string
  readonly size: number
  readonly iat: number
  readonly exp: number
}

export const releaseClaimsSchema: Schema<WireReleaseClaims> = v.object({
  iss: textSchema,
  aud: textSchema,
  slug: textSchema,
  version: textSchema,
  sha256: sha256HexSchema,
  size: countSchema,
  iat: numericDateSchema,
  exp: numericDateSchema,
})
