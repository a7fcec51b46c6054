import type { Release } from '../../domain/update/release.js'
import { openReleaseToken, type ReleaseTokenExpectation } from '../release-token.js'
import type { WireRelease } from '../wire/release.js'

/** Why a release that the hub offers is not taken for one. */
export type ReleaseProblem = 'unexpected-answer' | 'proof-missing' | 'proof-invalid'

/** The release that the hub offers for `slug`, if it is one and, where keys are pinned, proven. */
export function readRelease(wire: WireRelease, slug: string, proof: ReleaseTokenExpectation): Release | ReleaseProblem {
  if (wire.slug !== slug) return 'unexpected-answer'
  if (proof.keys.size === 0) return toRelease(wire, null)
  // Missing proof is refused, never skipped: otherwise an attacker would simply leave it out.
  if (wire.token === null) return 'proof-missing'
  const opened = openReleaseToken(wire.token, wire, proof)
  return opened.ok ? toRelease(wire, opened.issuedAt) : 'proof-invalid'
}

function toRelease(wire: WireRelease, issuedAt: number | null): Release {
  return {
    slug: wire.slug,
    version: wire.version,
    releasedAt: Date.parse(wire.released_at),
    channel: wire.channel,
    changelogUrl: wire.changelog_url,
    requiresProduct: wire.requires?.product ?? null,
    mandatory: wire.mandatory ?? false,
    size: wire.size,
    sha256: wire.sha256,
    filename: wire.filename,
    issuedAt,
    token: wire.token,
  }
}
