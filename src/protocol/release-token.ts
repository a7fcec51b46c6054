import { clockToleranceMs } from '../domain/license/clock-guard.js'
import { parseJson } from './json.js'
import { type JwsProblem, openJws, type VerifySignature } from './jws.js'
import { isReleaseClaims, tokenType } from './wire/token.js'

/** What a release token must be about to count here. */
export interface ReleaseTokenExpectation {
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly verify: VerifySignature
  readonly hub: string
  readonly product: string
  /** Epoch milliseconds on the hub's clock. */
  readonly time: number
}

/** What a release token vouches for. */
export interface ReleaseFacts {
  readonly slug: string
  readonly version: string
  readonly size: number
  readonly sha256: string
}

export type ReleaseTokenProblem =
  | JwsProblem
  | 'malformed-claims'
  | 'foreign'
  | 'from-the-future'
  | 'stale'
  | 'different'

export type ReleaseTokenResult =
  /** `issuedAt` is in epoch milliseconds on the hub's clock. */
  { readonly ok: true; readonly issuedAt: number } | { readonly ok: false; readonly problem: ReleaseTokenProblem }

/** Whether a token vouches for exactly the stated release, and since when. */
export function openReleaseToken(
  compact: string,
  stated: ReleaseFacts,
  expected: ReleaseTokenExpectation,
): ReleaseTokenResult {
  const opened = openJws(compact, { type: tokenType.release, keys: expected.keys, verify: expected.verify })
  if (!opened.ok) return opened

  const claims = parseJson(opened.payload)
  if (!isReleaseClaims(claims)) return { ok: false, problem: 'malformed-claims' }

  // A genuine token of another hub or product proves nothing here (mix-up).
  if (claims.iss !== expected.hub || claims.aud !== expected.product) return { ok: false, problem: 'foreign' }

  // It would count as newer than every later word, for as long as its date is ahead.
  const issuedAt = Math.round(claims.iat * 1000)
  if (issuedAt > expected.time + clockToleranceMs) return { ok: false, problem: 'from-the-future' }

  // Without an end, an attacker on the line could show an old release for ever and hide the fixed one (freeze).
  if (claims.exp * 1000 <= expected.time) return { ok: false, problem: 'stale' }

  // The token vouches for one file. Its facts beside other facts would let any file pass for it (swap).
  const same =
    claims.slug === stated.slug &&
    claims.version === stated.version &&
    claims.size === stated.size &&
    claims.sha256 === stated.sha256
  return same ? { ok: true, issuedAt } : { ok: false, problem: 'different' }
}
