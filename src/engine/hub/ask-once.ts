import { isBeingAsked, underClaim } from '../../asking/claim.js'
import { scopeDigest } from '../../asking/digest.js'
import type { RecordProblem } from '../../domain/license/assess.js'
import type { BackOff, LicenseRecord } from '../../domain/license/record.js'
import type { Engine } from '../engine.js'

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
  readonly ask: () => Promise<Answer>
}

/**
 * Those who wait look again after pauses that double, from the first to the last. Hundreds that look would leave no
 * processor to the one that asks: so none does for more than a tenth of its time, which is much where looking takes long
 * because so many do.
 */
const firstPauseMs = 25
const lastPauseMs = 400
const longestPauseMs = 1_000
const pausesForEachLook = 10

/**
 * Of all processes of this machine that have the same question at once, one claims it and asks the hub, and the others
 * wait for what it writes. When it dies, another takes its place at once, or, where nobody can see that, as in another
 * container, when its lock has grown stale.
 */
export async function askOnce<Answer extends object>(
  engine: Engine,
  found: Finding,
  endsAt: number,
  { purpose, hasBeenAsked, recall, ask }: SharedQuestion<Answer>,
): Promise<Answer> {
  const { clock, hash, identity, keeper, lock, random, settings } = engine
  const remainingMs = () => Math.max(1, endsAt - clock.monotonic())
  const { domain } = await identity()
  const name = `${purpose}-v1-${scopeDigest(hash, settings.hub, settings.product.slug, domain)}`

  async function lookUp(): Promise<Answer | undefined> {
    const current = await keeper.load()
    return typeof current !== 'string' && hasBeenAsked(found, current) ? recall(current) : undefined
  }

  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, lastPauseMs)) {
    const lookedAt = clock.monotonic()
    // The least that there is to look at: a record that is read has two signatures to be checked.
    const answer = (await isBeingAsked(engine, name))
      ? undefined
      : await lock.hold(name, 0, async (state) => {
          const known = await lookUp()
          if (known) return known
          const terms = { name, deadlineMs: remainingMs(), isAnybodyThere: state === 'contended' }
          // Once more, since whoever had the claim before has written its answer before it gave it up.
          return underClaim(engine, terms, async () => (await lookUp()) ?? ask())
        })
    if (answer) return answer
    if (clock.monotonic() >= endsAt) return recall(await keeper.load())
    const lookMs = clock.monotonic() - lookedAt
    const wantedMs = Math.max(pauseMs, Math.min(pausesForEachLook * lookMs, longestPauseMs))
    await clock.sleep(Math.min(wantedMs * (0.5 + random.fraction()), remainingMs()))
  }
}

/** Whether an attempt that brought no word of the hub has been made since. */
export function hasBackedOff(before: BackOff | null, current: BackOff | null, since: number): boolean {
  return current !== null && current.attemptedAt >= since && current.attemptedAt !== before?.attemptedAt
}
