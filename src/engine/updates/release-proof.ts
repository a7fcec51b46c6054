import type { DownloadRefusal } from '../../domain/download/download.js'
import { readClock } from '../../domain/license/clock-guard.js'
import { emptyRecord } from '../../domain/license/record.js'
import type { Release } from '../../domain/update/release.js'
import { openReleaseToken, type ReleaseTokenExpectation } from '../../protocol/release-token.js'
import type { Engine } from '../engine.js'

/** What a release token must be about to count now. */
export async function releaseExpectation({
  clock,
  keeper,
  settings,
  signature,
}: Engine): Promise<ReleaseTokenExpectation> {
  const record = await keeper.load()
  const { clock: known } = typeof record === 'string' ? emptyRecord : record
  return {
    keys: settings.hubKeys,
    verify: signature.verify,
    hub: settings.hub,
    product: settings.product.slug,
    time: readClock(known, clock.now()).time,
  }
}

/**
 * What the proof of a release says against it, if anything. Judged anew whenever it matters: a release may have been kept,
 * edited or mixed up since it was offered, and a token ends.
 */
export async function releaseObjection(engine: Engine, release: Release): Promise<DownloadRefusal | undefined> {
  const expected = await releaseExpectation(engine)
  if (expected.keys.size === 0) return undefined
  if (release.token === null) return 'proof-missing'
  const opened = openReleaseToken(release.token, release, expected)
  if (opened.ok) return undefined
  return opened.problem === 'stale' ? 'proof-expired' : 'proof-invalid'
}
