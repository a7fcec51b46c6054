import { isCount, isNumericDate, isSha256Hex, isText, listOf, nullable, objectOf, oneOf, type Shape } from '../shape.js'
import { type LicenseStatus, licenseStatuses } from './license-status.js'

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

export const isLicenseClaims: Shape<WireLicenseClaims> = objectOf<WireLicenseClaims>(
  {
    iss: isText,
    sub: isSha256Hex,
    aud: isText,
    domain: isText,
    installation_id: isText,
    tier: isText,
    features: listOf(isText),
    status: oneOf(licenseStatuses),
    license_exp: nullable(isNumericDate),
    iat: isNumericDate,
    exp: isNumericDate,
    nonce: isText,
  },
  ['installation_id', 'nonce'],
)

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

export const isReleaseClaims: Shape<WireReleaseClaims> = objectOf<WireReleaseClaims>({
  iss: isText,
  aud: isText,
  slug: isText,
  version: isText,
  sha256: isSha256Hex,
  size: isCount,
  iat: isNumericDate,
  exp: isNumericDate,
})
