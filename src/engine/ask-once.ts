import { scopeDigest } from '../asking/digest.js'
import type { RecordProblem } from '../domain/assess.js'
import type { LicenseRecord } from '../domain/record.js'
import type { Verdict } from '../domain/verdict.js'
import type { Engine } from './engine.js'
import { verdictOn } from './verdict-on.js'

/**
 * Of all processes of this machine that find the same stale record at once, one asks the hub, and the others wait for
 * what it writes. When it dies, its lock grows stale and another takes its place.
 */
export async function askOnce(
  engine: Engine,
  deadlineMs: number,
  ask: (remainingMs: number) => Promise<Verdict>,
): Promise<Verdict> {
  const { clock, hash, identity, keeper, lock, settings } = engine
  const before = await keeper.load()
  const startedAt = clock.now()
  const started = clock.monotonic()
  const { domain } = await identity()
  const name = `verify-v1-${scopeDigest(hash, settings.hub, settings.product.slug, domain)}`

  return lock.hold(name, deadlineMs, async (state) => {
    const current = await keeper.load()
    const remainingMs = deadlineMs - (clock.monotonic() - started)
    if (hasBeenAsked(before, current, startedAt) || (state === 'contended' && remainingMs <= 0)) {
      return verdictOn(engine, current, clock.now(), 'record')
    }
    return ask(Math.max(1, remainingMs))
  })
}

/** Whether another process has brought the hub's word, or found that there is none, since this one began to wait. */
function hasBeenAsked(
  before: LicenseRecord | RecordProblem,
  current: LicenseRecord | RecordProblem,
  since: number,
): boolean {
  if (typeof before === 'string' || typeof current === 'string') return false
  if (current.epoch !== before.epoch || current.lastWordAt !== before.lastWordAt) return true
  const { backOff } = current
  return backOff !== null && backOff.attemptedAt >= since && backOff.attemptedAt !== before.backOff?.attemptedAt
}
