import { byDeadline } from '../../asking/by-deadline.js'
import { type SingleFlight, singleFlight } from '../../asking/single-flight.js'
import type { Priority } from '../../domain/budget/ledger.js'
import type { CheckComponentsOutcome } from '../../domain/component/component-outcome.js'
import type { RecordProblem } from '../../domain/license/assess.js'
import { readClock } from '../../domain/license/clock-guard.js'
import type { CheckUpdatesOutcome, Deferred } from '../../domain/license/outcome.js'
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
import { type Findings, reportComponents, reportUpdates } from './report.js'

export interface UpdateCheckTerms extends AskOptions {
  /** Asks the hub however fresh its last answer is. */
  readonly fresh?: boolean | undefined
}

export type CheckUpdates = (terms: UpdateCheckTerms) => Promise<CheckUpdatesOutcome>

/** Tell whether there are newer releases: by the hub's last answer while that is fresh, else by asking. */
export interface UpdateChecks {
  readonly checkUpdates: CheckUpdates
  /** The same for the installed components alone. */
  readonly checkComponents: (terms: UpdateCheckTerms) => Promise<CheckComponentsOutcome>
}

interface Errand {
  readonly about: 'everything' | 'components'
  readonly fresh: boolean
}

interface FlightTerms {
  readonly endsAt: number
  readonly priority: Priority
  readonly signal: AbortSignal
}

interface Flight {
  readonly errand: Errand
  readonly board: SingleFlight<Omit<FlightTerms, 'signal'>, Findings | Undecided>
}

export function createUpdateChecks(engine: Engine): UpdateChecks {
  const { clock, keeper } = engine
  const flights = new Set<Flight>()

  async function find(errand: Errand, { endsAt, priority, signal }: FlightTerms): Promise<Findings | Undecided> {
    const found = await keeper.load()
    const known = await recall(engine, errand, found, found)
    if (known) return known
    return askOnce(engine, { record: found, at: clock.now() }, endsAt, {
      purpose: 'updates',
      hasBeenAsked: (before, current) => hasBeenAsked(errand, before, current),
      recall: (current) => recallOrDefer(engine, errand, found, current),
      ask: () => ask(engine, errand, { endsAt, priority, signal }),
    })
  }

  function schedule(errand: Errand): Flight {
    const flight: Flight = {
      errand,
      board: singleFlight((terms, signal) => find(errand, { ...terms, signal }).finally(() => flights.delete(flight))),
    }
    flights.add(flight)
    return flight
  }

  /** Before anything is looked up: of calls that are made together, the later ones join the first. */
  async function join(
    about: Errand['about'],
    { fresh = false, endsAt, priority = 'interactive', signal }: UpdateCheckTerms,
  ): Promise<Findings | Undecided> {
    const errand = { about, fresh }
    const flight = [...flights].find((flying) => answers(flying.errand, errand)) ?? schedule(errand)
    const found = await byDeadline(clock, endsAt, flight.board({ endsAt, priority }, signal))
    if (found && undecidedOf(about, found)?.outcome !== 'deferred') return found
    // What the record says may be enough for this call, though not for the one that it has joined.
    const record = keeper.remembered()
    const known = await recall(engine, errand, record, record)
    return known ?? found ?? deferralOf(engine, record)
  }

  return {
    async checkUpdates(terms) {
      const found = await join('everything', terms)
      return 'outcome' in found ? found : reportUpdates(engine, found)
    },
    async checkComponents(terms) {
      const found = await join('components', terms)
      return 'outcome' in found ? found : reportComponents(engine, found)
    },
  }
}

/** Whether what is found out for one call is an answer to another one, too. */
function answers(asked: Errand, wanted: Errand): boolean {
  return (asked.about === 'everything' || wanted.about === 'components') && (asked.fresh || !wanted.fresh)
}

function undecidedOf(about: Errand['about'], found: Findings | Undecided): Undecided | null {
  if ('outcome' in found) return found
  return about === 'components' ? found.componentsUndecided : null
}

/** Another process has asked, and has an answer, or has none and waits. */
function hasBeenAsked({ about }: Errand, { record: before, at: since }: Finding, current: LicenseRecord): boolean {
  if (typeof before === 'string' || current.epoch !== before.epoch) return false
  const isAnswered = answeredAt(about, current) !== answeredAt(about, before)
  return isAnswered || hasBackedOff(before.updatesBackOff, current.updatesBackOff, since)
}

/** When the hub last answered. */
function answeredAt(about: Errand['about'], record: LicenseRecord | RecordProblem): number | null {
  if (typeof record === 'string') return null
  return about === 'everything' ? record.updatesCheckedAt : (record.updates.components?.askedAt ?? null)
}

/**
 * What the record says, where it answers all that is wanted; a refusal, where there is nothing to ask with. What was there
 * when a call began, `found`, is no answer to one that wants a fresh one.
 */
async function recall(
  engine: Engine,
  { about, fresh: wantsFresh }: Errand,
  found: LicenseRecord | RecordProblem,
  current: LicenseRecord | RecordProblem,
): Promise<Findings | Undecided | undefined> {
  const known = keyOnRecord(current)
  if ('none' in known) return refusedUpdate(known.none)
  if (wantsFresh && answeredAt(about, current) === answeredAt(about, found)) return undefined
  const { record, licenseKey } = known
  const questions = updateQuestions(engine, record, licenseKey)
  const { time } = readClock(record.clock, engine.clock.now())
  const { product, components } = record.updates
  const news = [
    ...(about === 'everything' ? [await recallNews(engine, product, questions.product, time)] : []),
    ...(questions.components === null ? [] : [await recallNews(engine, components, questions.components, time)]),
  ]
  const fresh = news.filter((told) => told !== undefined)
  return fresh.length < news.length ? undefined : { record, source: 'record', news: fresh, componentsUndecided: null }
}

async function recallOrDefer(
  engine: Engine,
  errand: Errand,
  found: LicenseRecord | RecordProblem,
  record: LicenseRecord | RecordProblem,
): Promise<Findings | Undecided> {
  return (await recall(engine, errand, found, record)) ?? deferralOf(engine, record)
}

function deferralOf({ clock }: Engine, record: LicenseRecord | RecordProblem): Deferred {
  const backOff = typeof record === 'string' ? null : record.updatesBackOff
  const { reason, until } = backOff ?? { reason: 'timeout' as const, until: clock.now() }
  return deferral({ kind: 'setback', setback: { reason, retryAt: until } })
}

/** Asks about what is not known by now. */
async function ask(engine: Engine, errand: Errand, options: AskOptions): Promise<Findings | Undecided> {
  const newest = await engine.keeper.load()
  const recalled = await recall(engine, errand, newest, newest)
  if (recalled) return recalled
  const known = keyOnRecord(newest)
  if ('none' in known) return refusedUpdate(known.none)
  const { record, licenseKey } = known
  const questions = updateQuestions(engine, record, licenseKey)
  const subject = { record, licenseKey, questions }
  const { time } = readClock(record.clock, engine.clock.now())

  async function told(
    part: 'product' | 'components',
    question: string,
    askHub: () => Promise<Told | Undecided>,
  ): Promise<Told | Undecided> {
    const news = errand.fresh ? undefined : await recallNews(engine, record.updates[part], question, time)
    return news ? { news, milestones: {} } : askHub()
  }

  const product =
    errand.about === 'everything'
      ? await told('product', questions.product, () => askAboutProduct(engine, subject, options))
      : null
  if (product && 'outcome' in product) {
    await postpone(engine, product)
    return product
  }
  const question = questions.components
  const components =
    question === null
      ? null
      : await told('components', question, () => askAboutComponents(engine, subject, question, options))
  return conclude(engine, record, product, components)
}

/** Keeps the answers. */
async function conclude(
  engine: Engine,
  asked: LicenseRecord,
  product: Told | null,
  components: Told | Undecided | null,
): Promise<Findings> {
  const { clock, keeper } = engine
  const ofComponents = components && 'news' in components ? components : null
  const record = await keeper.save((newest) => {
    // What was asked with a key that has been given up since is nobody's news.
    if (newest.licenseKey !== asked.licenseKey) return newest
    const { updates } = newest
    const isAnswered = product !== null && product.news !== asked.updates.product
    return keepUpdateNews(isAnswered ? noteUpdateCheck(newest, clock.now()) : newest, {
      product: product?.news ?? updates.product,
      components: ofComponents?.news ?? updates.components,
      milestones: { ...updates.milestones, ...product?.milestones, ...ofComponents?.milestones },
    })
  })
  const findings: Findings = {
    record,
    source: 'hub',
    news: [product, ofComponents].flatMap((told) => (told ? [told.news] : [])),
    componentsUndecided: components && 'outcome' in components ? components : null,
  }
  if (product) await announce(engine, findings)
  return findings
}

async function announce(engine: Engine, findings: Findings): Promise<void> {
  const outcome = await reportUpdates(engine, findings)
  if (outcome.outcome === 'current') return
  const { observer } = engine
  if (outcome.release) observer.notify('update', outcome.release)
  for (const { release } of outcome.components) observer.notify('update', release)
}

/** Without this, a hub that refuses would be asked again as soon as the background schedule has come round. */
async function postpone({ clock, keeper, random }: Engine, outcome: Undecided): Promise<void> {
  const now = clock.now()
  const setback: Setback = outcome.outcome === 'refused' ? { reason: 'refused', retryAt: now } : outcome
  // Our own budget says nothing about the hub, so it is no reason to ask less often.
  if (setback.reason === 'over-budget') return
  await keeper.save((newest) => postponeUpdateCheck(newest, setback, now, random.fraction()))
}
