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

export type ReleaseTokenProblem = JwsProblem | 'malformed-claims' | 'foreign' | 'stale' | 'different'

/** `undefined` when the token vouches for exactly the stated release, else what is wrong. */
export function releaseTokenProblem(
  compact: string,
  stated: ReleaseFacts,
  expected: ReleaseTokenExpectation,
): ReleaseTokenProblem | undefined {
  const opened = openJws(compact, { type: tokenType.release, keys: expected.keys, verify: expected.verify })
  if (!opened.ok) return opened.problem

  const claims = parseJson(opened.payload)
  if (!isReleaseClaims(claims)) return 'malformed-claims'

  // A genuine token of another hub or product proves nothing here (mix-up).
  if (claims.iss !== expected.hub || claims.aud !== expected.product) return 'foreign'

  // Without an end, an attacker on the line could show an old release for ever and hide the fixed one (freeze).
  if (claims.exp * 1000 <= expected.time) return 'stale'

  // The token vouches for one file. Its facts beside other facts would let any file pass for it (swap).
  const same =
    claims.slug === stated.slug &&
    claims.version === stated.version &&
    claims.size === stated.size &&
    claims.sha256 === stated.sha256
  return same ? undefined : 'different'
}
