import { scopeDigest } from '../asking/digest.js'
import type { RecordProblem } from '../domain/assess.js'
import type { LicenseRecord } from '../domain/record.js'
import type { Verdict } from '../domain/verdict.js'
import type { Engine } from './engine.js'
import { verdictOn } from './verdict-on.js'

/** What a call has found that wants to know more. */
export interface Finding {
  readonly record: LicenseRecord | RecordProblem
  /** Epoch milliseconds. */
  readonly at: number
}

/**
 * Those who wait look again after pauses that double, from the first to the last: hundreds that poll a lock would
 * leave no processor to the one that asks.
 */
const firstPauseMs = 25
const lastPauseMs = 400

/**
 * Of all processes of this machine that find the same stale record at once, one asks the hub, and the others wait for
 * what it writes. When it dies, its lock grows stale and another takes its place.
 */
export async function askOnce(
  engine: Engine,
  found: Finding,
  deadlineMs: number,
  ask: (remainingMs: number) => Promise<Verdict>,
): Promise<Verdict> {
  const { clock, hash, identity, keeper, lock, random, settings } = engine
  const deadline = clock.monotonic() + deadlineMs
  const { domain } = await identity()
  const name = `verify-v1-${scopeDigest(hash, settings.hub, settings.product.slug, domain)}`

  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, lastPauseMs)) {
    const verdict = await lock.hold(name, 0, async (state) => {
      const current = await keeper.load()
      const remainingMs = deadline - clock.monotonic()
      if (hasBeenAsked(found, current) || (state === 'contended' && remainingMs <= 0)) {
        return verdictOn(engine, current, clock.now(), 'record')
      }
      return state === 'contended' ? undefined : ask(Math.max(1, remainingMs))
    })
    if (verdict) return verdict
    await clock.sleep(Math.min(pauseMs * (0.5 + random.fraction()), Math.max(1, deadline - clock.monotonic())))
  }
}

/** Whether another process has brought the hub's word, or found that there is none, since the call began. */
function hasBeenAsked({ record: before, at: since }: Finding, current: LicenseRecord | RecordProblem): boolean {
  if (typeof before === 'string' || typeof current === 'string') return false
  if (current.epoch !== before.epoch || current.lastWordAt !== before.lastWordAt) return true
  const { backOff } = current
  return backOff !== null && backOff.attemptedAt >= since && backOff.attemptedAt !== before.backOff?.attemptedAt
}
