import * as v from 'valibot'
import { LicenseStatus } from './license.js'
import { Count, NumericDate, Sha256Hex, Text } from './primitives.js'

/** The `typ` of each kind of token (assumed). One kind is never accepted where another is expected. */
export const tokenType = {
  license: 'flavor-license+jwt',
  offlineLicense: 'flavor-offline-license+jwt',
  release: 'flavor-release+jwt',
  record: 'flavor-record+jwt',
} as const

export type TokenType = (typeof tokenType)[keyof typeof tokenType]

/** Claims of a license token (assumed; registered names of RFC 7519 where one exists). */
export const LicenseClaims = v.object({
  /** The hub's base URL, compared as an exact string. */
  iss: Text,
  /** SHA-256 of the license key in hex: the key itself is never in a token. */
  sub: Sha256Hex,
  /** The product's slug. */
  aud: Text,
  domain: Text,
  installation_id: v.optional(Text),
  tier: Text,
  features: v.array(Text),
  status: LicenseStatus,
  license_exp: v.nullable(NumericDate),
  iat: NumericDate,
  /** End of the lease: how long the token may be trusted without the hub. */
  exp: NumericDate,
  nonce: v.optional(Text),
})

/** Claims of a release token (assumed). */
export const ReleaseClaims = v.object({
  iss: Text,
  aud: Text,
  slug: Text,
  version: Text,
  sha256: Sha256Hex,
  size: Count,
  iat: NumericDate,
  exp: NumericDate,
})

export type LicenseClaimsWire = v.InferOutput<typeof LicenseClaims>
export type ReleaseClaimsWire = v.InferOutput<typeof ReleaseClaims>
