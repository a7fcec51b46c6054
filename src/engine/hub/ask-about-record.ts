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

/** Why the hub is asked, and how long that may take. */
export interface AskTerms {
  readonly found: Finding
  readonly deadlineMs: number
  readonly priority: Priority
}

/** Asks the hub about the license on record, once for all processes of this machine. */
export function askAboutRecord(
  engine: Engine,
  { found, deadlineMs, priority }: AskTerms,
  signal: AbortSignal,
): Promise<Verdict> {
  return askOnce(engine, found, deadlineMs, {
    purpose: 'verify',
    hasBeenAsked,
    recall: (current) => verdictOn(engine, current, engine.clock.now(), 'record'),
    ask: (remainingMs) => ask(engine, { deadlineMs: remainingMs, priority, signal }),
  })
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
