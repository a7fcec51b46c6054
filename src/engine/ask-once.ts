import { scopeDigest } from '../asking/digest.js'
import type { RecordProblem } from '../domain/assess.js'
import type { BackOff, LicenseRecord } from '../domain/record.js'
import type { Engine } from './engine.js'

/** What a call has found that wants to know more. */
export interface Finding {
  readonly record: LicenseRecord | RecordProblem
  /** Epoch milliseconds. */
  readonly at: number
}

/** A question that one process of a machine asks for all. */
export interface SharedQuestion<Answer> {
  /** Names the lock. */
  readonly purpose: string
  /** Whether another process has brought the hub's word, or found that there is none, since the call began. */
  readonly hasBeenAsked: (found: Finding, current: LicenseRecord) => boolean
  /** The answer of the record. */
  readonly recall: (current: LicenseRecord | RecordProblem) => Promise<Answer>
  readonly ask: (remainingMs: number) => Promise<Answer>
}

/**
 * Those who wait look again after pauses that double, from the first to the last: hundreds that poll a lock would
 * leave no processor to the one that asks.
 */
const firstPauseMs = 25
const lastPauseMs = 400

/**
 * Of all processes of this machine that have the same question at once, one asks the hub, and the others wait for what
 * it writes. When it dies, its lock grows stale and another takes its place.
 */
export async function askOnce<Answer extends object>(
  engine: Engine,
  found: Finding,
  deadlineMs: number,
  { purpose, hasBeenAsked, recall, ask }: SharedQuestion<Answer>,
): Promise<Answer> {
  const { clock, hash, identity, keeper, lock, random, settings } = engine
  const deadline = clock.monotonic() + deadlineMs
  const { domain } = await identity()
  const name = `${purpose}-v1-${scopeDigest(hash, settings.hub, settings.product.slug, domain)}`

  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, lastPauseMs)) {
    const answer = await lock.hold(name, 0, async (state) => {
      const current = await keeper.load()
      const remainingMs = deadline - clock.monotonic()
      const isAnswered = typeof current !== 'string' && hasBeenAsked(found, current)
      if (isAnswered || (state === 'contended' && remainingMs <= 0)) return recall(current)
      return state === 'contended' ? undefined : ask(Math.max(1, remainingMs))
    })
    if (answer) return answer
    await clock.sleep(Math.min(pauseMs * (0.5 + random.fraction()), Math.max(1, deadline - clock.monotonic())))
  }
}

/** Whether an attempt that brought no word of the hub has been made since. */
export function hasBackedOff(before: BackOff | null, current: BackOff | null, since: number): boolean {
  return current !== null && current.attemptedAt >= since && current.attemptedAt !== before?.attemptedAt
}
