import type { Entitlement } from '../domain/license/record.js'
import { parseJson } from './json.js'
import { type JwsProblem, openJws, type VerifySignature } from './jws.js'
import { isLicenseClaims, tokenType, type WireLicenseClaims } from './wire/token.js'

/** What a license token must be about to count here. */
export interface LicenseTokenExpectation {
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly verify: VerifySignature
  readonly hub: string
  readonly product: string
  readonly domain: string
  readonly installation: string
  /** SHA-256 of the license key in hex. */
  readonly subject: string
  /** The nonce of the request that the token answers; `null` for a token from the record, which answered an earlier one. */
  readonly nonce: string | null
}

export type LicenseTokenProblem = JwsProblem | 'malformed-claims' | 'foreign' | 'replayed'

export type LicenseTokenResult =
  | { readonly ok: true; readonly entitlement: Entitlement }
  | { readonly ok: false; readonly problem: LicenseTokenProblem }

/** The entitlement that a license token proves. Signature first, claims after. */
export function openLicenseToken(compact: string, expected: LicenseTokenExpectation): LicenseTokenResult {
  const opened = openJws(compact, { type: tokenType.license, keys: expected.keys, verify: expected.verify })
  if (!opened.ok) return opened

  const claims = parseJson(opened.payload)
  if (!isLicenseClaims(claims)) return { ok: false, problem: 'malformed-claims' }

  // A genuine token of another hub, product, domain, license or machine proves nothing here (mix-up).
  if (!isAbout(claims, expected)) return { ok: false, problem: 'foreign' }

  // A genuine token that answered an earlier request could bring back a license that has been revoked since (replay).
  if (expected.nonce !== null && claims.nonce !== expected.nonce) return { ok: false, problem: 'replayed' }
  return { ok: true, entitlement: toEntitlement(claims, 'hub') }
}

function isAbout(claims: WireLicenseClaims, expected: LicenseTokenExpectation): boolean {
  return (
    claims.iss === expected.hub &&
    claims.aud === expected.product &&
    claims.domain === expected.domain &&
    claims.sub === expected.subject &&
    claims.installation_id === expected.installation
  )
}

/** What the claims of a token say about a license. */
export function toEntitlement(claims: WireLicenseClaims, basis: Entitlement['basis']): Entitlement {
  return {
    basis,
    status: claims.status,
    tier: claims.tier,
    features: claims.features,
    expiresAt: claims.license_exp === null ? null : Math.round(claims.license_exp * 1000),
    issuedAt: Math.round(claims.iat * 1000),
    leaseEndsAt: Math.round(claims.exp * 1000),
  }
}
