import { singleFlight } from '../asking/single-flight.js'
import type { RecordProblem } from '../domain/assess.js'
import { raiseFloor } from '../domain/clock-guard.js'
import type { Priority } from '../domain/ledger.js'
import type { LicenseRecord } from '../domain/record.js'
import { shouldAsk } from '../domain/schedule.js'
import { type Setback, setbackKind } from '../domain/setback.js'
import { abandonActivation, type HubWord, postpone, renew, settleActivation } from '../domain/transition.js'
import type { Verdict } from '../domain/verdict.js'
import type { HubReply } from './ask-hub.js'
import { type AskOptions, askLicense } from './ask-license.js'
import { askOnce, type Finding, hasBackedOff } from './ask-once.js'
import type { Engine } from './engine.js'
import { licenseQuestion } from './license-question.js'
import { judge, verdictOn } from './verdict-on.js'

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
export type Verify = (options?: VerifyOptions & { readonly priority?: Priority }) => Promise<Verdict>

interface AskTerms {
  readonly found: Finding
  readonly deadlineMs: number
  readonly priority: Priority
}

export function createVerify(engine: Engine): Verify {
  const ask = singleFlight(({ found, deadlineMs, priority }: AskTerms, signal) =>
    askOnce(engine, found, deadlineMs, {
      purpose: 'verify',
      hasBeenAsked,
      recall: (current) => verdictOn(engine, current, engine.clock.now(), 'record'),
      ask: (remainingMs) => askAboutRecord(engine, { deadlineMs: remainingMs, priority, signal }),
    }),
  )

  return async (options = {}) => {
    const { fresh = false, wait = true, offline = false, priority = 'interactive', signal } = options
    const { deadlineMs = engine.settings.verifyDeadlineMs } = options
    const { record, now } = await loadPresent(engine)
    const verdict = await judge(engine, record, now, 'record')
    const asks = !offline && isDue(record, verdict, now, fresh)
    // What the hub is about to replace is not announced: a product would flash its grace notice at every renewal.
    const terms = { found: { record, at: now }, deadlineMs, priority }
    if (asks && wait) return ask(terms, signal)

    if (asks) ask(terms).catch(() => undefined)
    engine.observer.notify('verdict', verdict)
    return verdict
  }
}

function hasBeenAsked({ record: before, at: since }: Finding, current: LicenseRecord): boolean {
  if (typeof before === 'string') return false
  if (current.epoch !== before.epoch || current.lastWordAt !== before.lastWordAt) return true
  return hasBackedOff(before.backOff, current.backOff, since)
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
async function loadPresent({ clock, keeper, settings }: Engine): Promise<PresentRecord> {
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

/** An activation whose answer was lost comes first: it may have replaced the license. */
function keyInQuestion(record: LicenseRecord): LicenseRecord['licenseKey'] {
  return record.pending?.licenseKey ?? record.licenseKey
}

async function askAboutRecord(engine: Engine, options: AskOptions): Promise<Verdict> {
  const { clock, keeper } = engine
  const asked = await keeper.load()
  const licenseKey = typeof asked === 'string' ? null : keyInQuestion(asked)
  if (typeof asked === 'string' || licenseKey === null) return verdictOn(engine, asked, clock.now(), 'record')

  const question = await licenseQuestion(engine, licenseKey)
  const reply = await askLicense(engine, 'verify', question, options)
  return reply.kind === 'answer' ? heard(engine, asked, reply.answer) : unheard(engine, asked, reply)
}

async function heard(engine: Engine, asked: LicenseRecord, word: HubWord): Promise<Verdict> {
  const { pending } = asked
  const record = await engine.keeper.save((newest) =>
    pending ? settleActivation(newest, pending, word) : renew(newest, asked, word),
  )
  const decided = record.entitlement === word.entitlement
  return verdictOn(engine, record, word.receivedAt, decided ? 'hub' : 'record')
}

async function unheard(
  engine: Engine,
  { pending }: LicenseRecord,
  reply: Exclude<HubReply<HubWord>, { kind: 'answer' }>,
): Promise<Verdict> {
  const { clock, keeper, random } = engine
  const now = clock.now()
  const setback: Setback = reply.kind === 'refusal' ? { reason: 'refused', retryAt: reply.retryAt } : reply.setback

  // Our own budget says nothing about the hub, so it is no reason to ask less often.
  if (setback.reason === 'over-budget') return verdictOn(engine, await keeper.load(), now, 'record', setback)

  const record = await keeper.save((newest) => {
    const settled = pending && reply.kind === 'refusal' ? abandonActivation(newest, pending.nonce) : newest
    return postpone(settled, setback, now, random.fraction())
  })
  const waits = setbackKind(setback.reason) === 'non-answer' && record.backOff !== null
  return verdictOn(engine, record, now, 'record', {
    ...setback,
    retryAt: waits ? record.backOff.until : setback.retryAt,
  })
}
