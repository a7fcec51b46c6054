import type { LicenseKey } from '../../domain/license/license-key.js'
import type { Deferred, Refused, WithheldUpdate } from '../../domain/license/outcome.js'
import type { LicenseRecord } from '../../domain/license/record.js'
import { refusalMessage, type UpdateRefusal, updateRefusals } from '../../domain/license/refusal.js'
import type { Release } from '../../domain/update/release.js'
import {
  type Milestone,
  milestoneName,
  milestoneOf,
  type ReleaseNews,
  type UpdateNews,
} from '../../domain/update/update-news.js'
import {
  buildComponentCheckRequest,
  type ComponentAnswer,
  readComponentCheckResponse,
} from '../../protocol/exchange/component.js'
import { buildUpdateCheckRequest, readUpdateCheckResponse } from '../../protocol/exchange/update.js'
import type { Engine } from '../engine.js'
import { askHub, type HubReply } from '../hub/ask-hub.js'
import { deferral } from '../hub/deferral.js'
import type { AskOptions } from '../license/ask-license.js'
import { refusalOf } from '../license/refusal-of.js'
import { installedVersions, type UpdateQuestions } from './questions.js'
import { releaseExpectation } from './release-proof.js'

/** What the hub says to one of the questions. */
export interface Told {
  readonly news: ReleaseNews
  readonly milestones: UpdateNews['milestones']
}

export type Undecided = Refused<UpdateRefusal> | Deferred

interface Subject {
  readonly record: LicenseRecord
  readonly licenseKey: LicenseKey
  readonly questions: UpdateQuestions
}

/** Asks about the product. */
export async function askAboutProduct(
  engine: Engine,
  { record, licenseKey, questions }: Subject,
  options: AskOptions,
): Promise<Told | Undecided> {
  const { settings } = engine
  const { slug, version } = settings.product
  const { domain } = await engine.identity()
  const question = { licenseKey, product: slug, domain, currentVersion: version, channel: settings.channel }
  const proof = await releaseExpectation(engine)
  const reply = await askHub(engine, {
    route: 'updateCheck',
    body: buildUpdateCheckRequest(question),
    read: (response, now) => readUpdateCheckResponse(response, question, proof, now),
    ...options,
  })
  if (reply.kind !== 'answer') return undecided(reply)
  const { latestVersion, release } = reply.answer
  const { withheld, milestones, offers } = await judgeHistory(engine, record, [{ slug, latestVersion, release }])
  if (withheld.length > 0) {
    return deferral({ kind: 'setback', setback: { reason: 'outdated-answer', retryAt: reply.receivedAt } })
  }
  const askedAt = reply.receivedAt + record.clock.offset
  return { news: { question: questions.product, askedAt, offers, withheld }, milestones }
}

/** Asks about all installed components at once. */
export async function askAboutComponents(
  engine: Engine,
  { record, licenseKey }: Subject,
  question: string,
  options: AskOptions,
): Promise<Told | Undecided> {
  const installed = installedVersions(record)
  const reply = await askForReleases(engine, licenseKey, installed, options)
  if (reply.kind !== 'answer') return undecided(reply)
  const known = reply.answer.filter(({ slug }) => Object.hasOwn(installed, slug))
  const sound = known.filter(({ problem }) => problem === null)
  const judged = await judgeHistory(engine, record, sound)
  const problems = known.flatMap(({ slug, problem }): WithheldUpdate[] => (problem ? [{ slug, reason: problem }] : []))
  const askedAt = reply.receivedAt + record.clock.offset
  const withheld = [...problems, ...judged.withheld]
  return { news: { question, askedAt, offers: judged.offers, withheld }, milestones: judged.milestones }
}

/** Asks whether there is something newer of components, of each than the version that stands beside its slug. */
export async function askForReleases(
  engine: Engine,
  licenseKey: LicenseKey,
  installed: Readonly<Record<string, string>>,
  options: AskOptions,
): Promise<HubReply<readonly ComponentAnswer[]>> {
  const { domain } = await engine.identity()
  const proof = await releaseExpectation(engine)
  return askHub(engine, {
    route: 'componentCheck',
    body: buildComponentCheckRequest({ licenseKey, product: engine.settings.product.slug, domain, installed }),
    read: (response, now) => readComponentCheckResponse(response, proof, now),
    ...options,
  })
}

interface Statement {
  readonly slug: string
  readonly latestVersion: string
  readonly release: Release | null
}

interface Judged extends Pick<Told, 'milestones'> {
  readonly withheld: readonly WithheldUpdate[]
  readonly offers: readonly Release[]
}

/** Leaves out what is less than the hub has said before. */
export async function judgeHistory(
  { settings, warnOfHub }: Engine,
  { updates }: LicenseRecord,
  statements: readonly Statement[],
): Promise<Judged> {
  const { furthest, goesBack } = await import('../../domain/update/release-history.js')
  const milestones: Record<string, Milestone> = {}
  const withheld: WithheldUpdate[] = []
  const offers: Release[] = []
  for (const { slug, latestVersion, release } of statements) {
    const name = milestoneName(settings.channel, slug)
    const before = milestoneOf(updates, name)
    const told: Milestone = { version: release?.version ?? latestVersion, issuedAt: release?.issuedAt ?? null }
    if (goesBack(before, told)) {
      warnOfHub('updates-went-back', `${slug} ${told.version}, after ${before?.version}`)
      withheld.push({ slug, reason: 'outdated-answer' })
      continue
    }
    // Unsigned, a latest version that nobody has would make every later answer look old.
    const isProven = release !== null || settings.hubKeys.size === 0
    const reached = isProven ? furthest(before, told) : undefined
    if (reached) milestones[name] = reached
    if (release) offers.push(release)
  }
  return { milestones, withheld, offers }
}

export function undecided(reply: Exclude<HubReply<unknown>, { kind: 'answer' }>): Undecided {
  const reason = reply.kind === 'refusal' ? updateRefusals.find((code) => code === refusalOf(reply.code)) : undefined
  return reason ? refusedUpdate(reason) : deferral(reply)
}

export function refusedUpdate(reason: UpdateRefusal): Refused<UpdateRefusal> {
  return { outcome: 'refused', reason, message: refusalMessage[reason] }
}
