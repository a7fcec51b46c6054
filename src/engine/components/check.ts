import type { CheckComponentsOutcome } from '../../domain/component/component-outcome.js'
import type { RecordProblem } from '../../domain/license/assess.js'
import { readClock } from '../../domain/license/clock-guard.js'
import type { LicenseRecord } from '../../domain/license/record.js'
import type { Setback } from '../../domain/license/setback.js'
import { keepUpdateNews } from '../../domain/license/transition.js'
import type { ReleaseNews } from '../../domain/update/update-news.js'
import type { Engine } from '../engine.js'
import { askOnce, type Finding } from '../hub/ask-once.js'
import { deferral } from '../hub/deferral.js'
import { keyOnRecord } from '../license/key-on-record.js'
import { askAboutComponents, refusedUpdate } from '../updates/ask.js'
import type { UpdateCheckTerms } from '../updates/check-updates.js'
import { recallNews, updateQuestions } from '../updates/questions.js'
import { judgeComponents } from '../updates/report.js'

/**
 * Whether there is something newer of what is installed: by the hub's last answer while that is fresh, be it to this
 * question or to that of all updates, else by asking about all components at once.
 */
export async function checkComponents(
  engine: Engine,
  { fresh = false, deadlineMs, priority, signal }: UpdateCheckTerms,
): Promise<CheckComponentsOutcome> {
  const { clock, keeper } = engine
  const record = await keeper.load()
  const known = fresh ? undefined : await recall(engine, record)
  if (known) return known
  return askOnce<CheckComponentsOutcome>(engine, { record, at: clock.now() }, deadlineMs, {
    // The same as for all updates, whose answer is one to this question too.
    purpose: 'updates',
    hasBeenAsked,
    recall: async (current) => (await recall(engine, current)) ?? deferral({ kind: 'setback', setback: late(engine) }),
    ask: (remainingMs) => ask(engine, { deadlineMs: remainingMs, priority, signal }),
  })
}

function hasBeenAsked({ record: before }: Finding, { epoch, updates }: LicenseRecord): boolean {
  if (typeof before === 'string' || epoch !== before.epoch || !updates.components) return false
  return updates.components.askedAt !== before.updates.components?.askedAt
}

function late({ clock }: Engine): Setback {
  return { reason: 'timeout', retryAt: clock.now() }
}

/** What the record says, where it answers the question; a refusal, where there is nothing to ask with. */
async function recall(
  engine: Engine,
  current: LicenseRecord | RecordProblem,
): Promise<CheckComponentsOutcome | undefined> {
  const known = keyOnRecord(current)
  if ('none' in known) return refusedUpdate(known.none)
  const { record, licenseKey } = known
  const { updates } = record
  const question = updateQuestions(engine, record, licenseKey).components
  if (question === null) return { outcome: 'current', withheld: [] }
  const news = await recallNews(engine, updates.components, question, readClock(record.clock, engine.clock.now()).time)
  return news && report(engine, record, news)
}

async function ask(engine: Engine, options: Omit<UpdateCheckTerms, 'fresh'>): Promise<CheckComponentsOutcome> {
  const known = keyOnRecord(await engine.keeper.load())
  if ('none' in known) return refusedUpdate(known.none)
  const { record: asked, licenseKey } = known
  const questions = updateQuestions(engine, asked, licenseKey)
  if (questions.components === null) return { outcome: 'current', withheld: [] }
  const told = await askAboutComponents(engine, { record: asked, licenseKey, questions }, questions.components, options)
  if ('outcome' in told) return told
  const record = await engine.keeper.save((newest) => {
    if (newest.licenseKey !== licenseKey) return newest
    const { updates } = newest
    return keepUpdateNews(newest, {
      ...updates,
      // An answer with something wrong in it would silence the rest for half a day.
      components: told.withheld.length === 0 ? told.news : updates.components,
      milestones: { ...updates.milestones, ...told.milestones },
    })
  })
  const outcome = await report(engine, record, told.news)
  return { ...outcome, withheld: [...told.withheld, ...outcome.withheld] }
}

async function report(engine: Engine, record: LicenseRecord, news: ReleaseNews) {
  const { updates: items, withheld } = await judgeComponents(engine, record, news)
  return items.length > 0
    ? { outcome: 'available' as const, items, withheld }
    : { outcome: 'current' as const, withheld }
}
