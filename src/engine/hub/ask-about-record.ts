import { byDeadline } from '../../asking/by-deadline.js'
import { singleFlight } from '../../asking/single-flight.js'
import type { Priority } from '../../domain/budget/ledger.js'
import { keyInQuestion, type LicenseRecord } from '../../domain/license/record.js'
import { type Setback, setbackKind } from '../../domain/license/setback.js'
import { abandonActivation, type HubWord, postpone, renew, settleActivation } from '../../domain/license/transition.js'
import type { Verdict } from '../../domain/license/verdict.js'
import type { Engine } from '../engine.js'
import { type AskOptions, askLicense } from '../license/ask-license.js'
import { licenseQuestion } from '../license/license-question.js'
import { verdictOn } from '../license/verdict-on.js'
import type { HubReply } from './ask-hub.js'
import { askOnce, type Finding, hasBackedOff } from './ask-once.js'

/** Why the hub is asked, and by when. */
export interface AskTerms {
  readonly found: Finding
  /** In monotonic milliseconds. */
  readonly endsAt: number
  readonly priority: Priority
}

export type AskAboutRecord = (terms: AskTerms, signal?: AbortSignal) => Promise<Verdict>

/** Asks the hub about the license on record, once for all calls and all processes of this machine. */
export function createAskAboutRecord(engine: Engine): AskAboutRecord {
  const { clock, keeper } = engine
  const askTogether = singleFlight(({ found, endsAt, priority }: AskTerms, signal) =>
    askOnce(engine, found, endsAt, {
      purpose: 'verify',
      hasBeenAsked,
      recall: (current) => verdictOn(engine, current, clock.now(), 'record'),
      ask: () => ask(engine, { endsAt, priority, signal }),
    }),
  )
  return async (terms, signal) => {
    const answer = await byDeadline(clock, terms.endsAt, askTogether(terms, signal))
    if (answer) return answer
    const retryAt = clock.now()
    return verdictOn(engine, keeper.remembered(), retryAt, 'record', { reason: 'timeout', retryAt })
  }
}

function hasBeenAsked({ record: before, at: since }: Finding, current: LicenseRecord): boolean {
  if (typeof before === 'string') return false
  if (current.epoch !== before.epoch || current.lastWordAt !== before.lastWordAt) return true
  return hasBackedOff(before.backOff, current.backOff, since)
}

async function ask(engine: Engine, options: AskOptions): Promise<Verdict> {
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
