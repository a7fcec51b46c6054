import type { Priority } from '../../domain/budget/ledger.js'
import type { RecordProblem } from '../../domain/license/assess.js'
import { raiseFloor } from '../../domain/license/clock-guard.js'
import { keyInQuestion, type LicenseRecord } from '../../domain/license/record.js'
import type { Verdict } from '../../domain/license/verdict.js'
import { shouldAsk } from '../../domain/schedule/schedule.js'
import type { AskAboutRecord } from '../hub/ask-about-record.js'
import type { RecordEngine } from '../record-engine.js'
import { judge, judgeRemembered } from './verdict-on.js'

/** How far a verification goes. */
export interface VerifyOptions {
  /** Asks the hub whatever the record's age or back-off, though never over its limits. Default false. */
  readonly fresh?: boolean
  /** False: answers from the record at once, and asks behind where that is due. Default true. */
  readonly wait?: boolean
  /** True: asks nothing. Default false. */
  readonly offline?: boolean
  /**
   * The longest to wait for the hub, in milliseconds. Default: the `verifyDeadlineMs` option. A call that finds the
   * same question under way waits for that one.
   */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}

/** Always answers with a verdict; rejects only when `signal` aborts. */
export type Verify = (options: VerifyTerms) => Promise<Verdict>

export interface VerifyTerms extends Omit<VerifyOptions, 'deadlineMs' | 'signal'> {
  /** When whoever calls stops waiting for the hub, in monotonic milliseconds. */
  readonly endsAt: number
  readonly signal?: AbortSignal | undefined
  readonly priority?: Priority
}

/**
 * How long a record that was read counts as what is on disk, so that a product may ask at each of its requests. Not where
 * it locks anybody out: they are let in as soon as another process has brought the license back.
 */
const recentMs = 100

export interface Verification {
  readonly verify: Verify
  /** The verdict by a record that was read a moment ago; `undefined` where there is more to be done. */
  readonly recall: (now: number) => Verdict | undefined
}

/** @param ask - Asks the hub about the license on record; calls that ask at once share one answer. */
export function createVerification(engine: RecordEngine, ask: AskAboutRecord): Verification {
  /** What the last verdict was judged by, where it said that the license works and there was no more to be done. */
  let settled: PresentRecord | undefined

  function recall(now: number): Verdict | undefined {
    if (settled?.record !== engine.keeper.remembered() || Math.abs(now - settled.now) >= recentMs) return undefined
    const verdict = judgeRemembered(engine, now)
    return verdict.state === 'licensed' ? verdict : undefined
  }

  const verify: Verify = async (terms) => {
    const { fresh = false, wait = true, offline = false, priority = 'interactive', endsAt, signal } = terms
    const recalled = fresh ? undefined : recall(engine.clock.now())
    if (recalled) return recalled

    const present = await loadPresent(engine)
    const { record, now } = present
    const verdict = await judge(engine, record, now, 'record')
    const due = isDue(record, verdict, now, fresh)
    settled = verdict.state === 'licensed' && !due ? present : undefined
    // What the hub is about to replace is not announced: a product would flash its grace notice at every renewal.
    const question = { found: { record, at: now }, endsAt, priority }
    const asks = due && !offline
    if (asks && wait) return ask(question, signal)

    if (asks) ask(question).catch(() => undefined)
    engine.observer.notify('verdict', verdict)
    return verdict
  }
  return { verify, recall }
}

function isDue(record: LicenseRecord | RecordProblem, verdict: Verdict, now: number, fresh: boolean): boolean {
  if (typeof record === 'string') return false
  return fresh ? keyInQuestion(record) !== null : shouldAsk(record, verdict, now)
}

interface PresentRecord {
  readonly record: LicenseRecord | RecordProblem
  readonly now: number
}

/** The newest record, with the passage of time noted on it. */
async function loadPresent({ clock, keeper, settings }: RecordEngine): Promise<PresentRecord> {
  const record = await keeper.load()
  // Not before: machines that share their records go by the time of their store, which comes with the reading.
  const now = clock.now()
  if (typeof record === 'string') return { record, now }
  const raised = (current: LicenseRecord) => {
    const clockState = raiseFloor(current.clock, current.entitlement, settings.policy, now)
    return clockState === current.clock ? current : { ...current, clock: clockState }
  }
  return { record: raised(record) === record ? record : await keeper.save(raised), now }
}
