import { nodeHash } from '../adapters/node-hash.js'
import { nodeSignature } from '../adapters/node-signature.js'
import { decodeBase64Url } from '../protocol/base64url.js'
import { sealJws } from '../protocol/jws.js'
import {
  type WireLicenseClaims as LicenseTokenClaims,
  type WireReleaseClaims as ReleaseTokenClaims,
  type TokenType,
  tokenType,
} from '../protocol/wire/token.js'
import type { SigningKey } from './signing-key.js'

export type { LicenseTokenClaims, ReleaseTokenClaims }

/** The token with which a hub answers activate and verify. */
export function signLicenseToken(key: SigningKey, claims: LicenseTokenClaims): string {
  return seal(tokenType.license, key, claims)
}

/** A license for a machine that never sees the hub. It answers no request, so it carries no nonce. */
export function signOfflineLicenseToken(key: SigningKey, claims: Omit<LicenseTokenClaims, 'nonce'>): string {
  return seal(tokenType.offlineLicense, key, claims)
}

/** The token that vouches for a release's version, size and digest. */
export function signReleaseToken(key: SigningKey, claims: ReleaseTokenClaims): string {
  return seal(tokenType.release, key, claims)
}

/** What a token says instead of the license key: its SHA-256 in hex. */
export function licenseKeySubject(licenseKey: string): string {
  return Buffer.from(nodeHash.sha256(new TextEncoder().encode(licenseKey))).toString('hex')
}

function seal(type: TokenType, key: SigningKey, claims: object): string {
  const seed = decodeBase64Url(key.seed)
  if (seed?.length !== 32) throw new RangeError('A signing key seed must be 32 bytes as base64url (43 characters).')
  return sealJws(type, key.keyId, claims, (message) => nodeSignature.sign(seed, message))
}
