import type { Entitlement } from '../domain/license/record.js'
import { parseJson } from './json.js'
import { type JwsProblem, openJws, type VerifySignature } from './jws.js'
import { toEntitlement } from './license-token.js'
import { isLicenseClaims, tokenType } from './wire/token.js'

/** What an offline license must be about to count here. */
export interface OfflineLicenseExpectation {
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly verify: VerifySignature
  readonly hub: string
  readonly product: string
  readonly domain: string
  readonly installation: string
}

export type OfflineLicenseProblem =
  | JwsProblem
  | 'malformed-claims'
  | 'wrong-hub'
  | 'wrong-product'
  | 'wrong-domain'
  | 'wrong-installation'

export type OfflineLicenseResult =
  | {
      readonly ok: true
      readonly entitlement: Entitlement
      /** SHA-256 of the license key in hex: the token does not hold the key. */
      readonly subject: string
    }
  | { readonly ok: false; readonly problem: OfflineLicenseProblem }

/**
 * The entitlement that a vendor issued by hand for a machine without a hub. Its type differs from that of an answer of
 * the hub: otherwise the token of an online license, copied to another machine, would work there as an offline one.
 */
export function openOfflineLicense(compact: string, expected: OfflineLicenseExpectation): OfflineLicenseResult {
  const opened = openJws(compact, { type: tokenType.offlineLicense, keys: expected.keys, verify: expected.verify })
  if (!opened.ok) return opened

  const claims = parseJson(opened.payload)
  if (!isLicenseClaims(claims)) return { ok: false, problem: 'malformed-claims' }

  if (claims.iss !== expected.hub) return { ok: false, problem: 'wrong-hub' }
  if (claims.aud !== expected.product) return { ok: false, problem: 'wrong-product' }
  if (claims.domain !== expected.domain) return { ok: false, problem: 'wrong-domain' }
  // Without a named installation it is good for any: the vendor has said so when issuing it.
  if (claims.installation_id !== undefined && claims.installation_id !== expected.installation) {
    return { ok: false, problem: 'wrong-installation' }
  }
  return { ok: true, entitlement: toEntitlement(claims, 'offline'), subject: claims.sub }
}
