import { singleFlight } from '../../asking/single-flight.js'
import type { Priority } from '../../domain/budget/ledger.js'
import type { RecordProblem } from '../../domain/license/assess.js'
import { readClock } from '../../domain/license/clock-guard.js'
import type { CheckUpdatesOutcome } from '../../domain/license/outcome.js'
import type { LicenseRecord } from '../../domain/license/record.js'
import type { Setback } from '../../domain/license/setback.js'
import { keepUpdateNews, noteUpdateCheck, postponeUpdateCheck } from '../../domain/license/transition.js'
import type { Engine } from '../engine.js'
import { askOnce, type Finding, hasBackedOff } from '../hub/ask-once.js'
import { deferral } from '../hub/deferral.js'
import type { AskOptions } from '../license/ask-license.js'
import { keyOnRecord } from '../license/key-on-record.js'
import { askAboutComponents, askAboutProduct, refusedUpdate, type Told, type Undecided } from './ask.js'
import { recallNews, updateQuestions } from './questions.js'
import { reportUpdates } from './report.js'

export interface UpdateCheckTerms extends AskOptions {
  /** Asks the hub however fresh its last answer is. */
  readonly fresh?: boolean | undefined
}

export type CheckUpdates = (terms: UpdateCheckTerms) => Promise<CheckUpdatesOutcome>

interface FlightTerms {
  readonly found: Finding
  readonly fresh: boolean
  readonly deadlineMs: number
  readonly priority: Priority
}

/** Tells whether there are newer releases: by the hub's last answer while that is fresh, else by asking. */
export function createCheckUpdates(engine: Engine): CheckUpdates {
  const ask = singleFlight(({ found, fresh, deadlineMs, priority }: FlightTerms, signal) =>
    askOnce(engine, found, deadlineMs, {
      purpose: 'updates',
      hasBeenAsked,
      recall: (current) => recallOutcome(engine, current),
      ask: (remainingMs) => askForUpdates(engine, fresh, { deadlineMs: remainingMs, priority, signal }),
    }),
  )
  return async ({ fresh = false, deadlineMs, priority = 'interactive', signal }) => {
    const record = await engine.keeper.load()
    const known = fresh ? undefined : await recallUpdates(engine, record)
    return known ?? ask({ found: { record, at: engine.clock.now() }, fresh, deadlineMs, priority }, signal)
  }
}

/** Another process has asked, and has an answer, or has none and waits. */
function hasBeenAsked({ record: before, at: since }: Finding, current: LicenseRecord): boolean {
  if (typeof before === 'string' || current.epoch !== before.epoch) return false
  if (current.updatesCheckedAt !== before.updatesCheckedAt) return true
  return hasBackedOff(before.updatesBackOff, current.updatesBackOff, since)
}

/** What the record says, where it answers all questions; a refusal, where there is nothing to ask with. */
async function recallUpdates(
  engine: Engine,
  current: LicenseRecord | RecordProblem,
): Promise<CheckUpdatesOutcome | undefined> {
  const known = keyOnRecord(current)
  if ('none' in known) return refusedUpdate(known.none)
  const { record, licenseKey } = known
  const { updates } = record
  const questions = updateQuestions(engine, record, licenseKey)
  const { time } = readClock(record.clock, engine.clock.now())
  const product = await recallNews(engine, updates.product, questions.product, time)
  if (!product) return undefined
  const components =
    questions.components === null ? null : await recallNews(engine, updates.components, questions.components, time)
  if (components === undefined) return undefined
  return reportUpdates(engine, record, {
    source: 'record',
    product,
    components,
    withheld: [],
    componentsUndecided: null,
  })
}

async function recallOutcome(engine: Engine, record: LicenseRecord | RecordProblem): Promise<CheckUpdatesOutcome> {
  const known = await recallUpdates(engine, record)
  if (known) return known
  const backOff = typeof record === 'string' ? null : record.updatesBackOff
  const { reason, until } = backOff ?? { reason: 'timeout' as const, until: engine.clock.now() }
  return deferral({ kind: 'setback', setback: { reason, retryAt: until } })
}

async function askForUpdates(engine: Engine, fresh: boolean, options: AskOptions): Promise<CheckUpdatesOutcome> {
  const { clock, keeper } = engine
  const record = await keeper.load()
  if (typeof record === 'string' || record.licenseKey === null) return recallOutcome(engine, record)
  const { licenseKey, updates } = record
  const questions = updateQuestions(engine, record, licenseKey)
  const subject = { record, licenseKey, questions }
  const { time } = readClock(record.clock, clock.now())
  const known = fresh ? undefined : await recallNews(engine, updates.product, questions.product, time)
  const product = known ? { news: known, milestones: {} } : await askAboutProduct(engine, subject, options)
  if ('outcome' in product) {
    await postpone(engine, product)
    return product
  }
  const components =
    questions.components === null ? null : await askAboutComponents(engine, subject, questions.components, options)
  return conclude(engine, record, product, components)
}

/** Keeps the answers, and makes an outcome of them. */
async function conclude(
  engine: Engine,
  asked: LicenseRecord,
  product: Pick<Told, 'news' | 'milestones'>,
  components: Told | Undecided | null,
): Promise<CheckUpdatesOutcome> {
  const { clock, keeper, observer } = engine
  const told = components && 'news' in components ? components : null
  const record = await keeper.save((newest) => {
    // What was asked with a key that has been given up since is nobody's news.
    if (newest.licenseKey !== asked.licenseKey) return newest
    const noted = product.news === asked.updates.product ? newest : noteUpdateCheck(newest, clock.now())
    return keepUpdateNews(noted, {
      product: product.news,
      components: told?.news ?? newest.updates.components,
      milestones: { ...newest.updates.milestones, ...product.milestones, ...told?.milestones },
    })
  })
  const outcome = await reportUpdates(engine, record, {
    source: 'hub',
    product: product.news,
    components: told?.news ?? null,
    withheld: told?.withheld ?? [],
    componentsUndecided: components && 'outcome' in components ? components : null,
  })
  if (outcome.outcome === 'available') {
    if (outcome.release) observer.notify('update', outcome.release)
    for (const { release } of outcome.components) observer.notify('update', release)
  }
  return outcome
}

/** Without this, a hub that refuses would be asked again as soon as the background schedule has come round. */
async function postpone({ clock, keeper, random }: Engine, outcome: Undecided): Promise<void> {
  const now = clock.now()
  const setback: Setback = outcome.outcome === 'refused' ? { reason: 'refused', retryAt: now } : outcome
  // Our own budget says nothing about the hub, so it is no reason to ask less often.
  if (setback.reason === 'over-budget') return
  await keeper.save((newest) => postponeUpdateCheck(newest, setback, now, random.fraction()))
}
