import type { Priority } from '../../domain/budget/ledger.js'
import {
  type DownloadOutcome,
  type DownloadRefusal,
  nameTaken,
  refusedDownload,
} from '../../domain/download/download.js'
import type { LicenseKey } from '../../domain/license/license-key.js'
import type { Deferred } from '../../domain/license/outcome.js'
import { updateRefusals } from '../../domain/license/refusal.js'
import type { SetbackReason } from '../../domain/license/setback.js'
import type { Release } from '../../domain/update/release.js'
import type { DownloadTarget, PartialFile } from '../../ports/download-store.js'
import { BodyFailure } from '../../ports/transport.js'
import { buildDownloadRequest, type ResumePoint } from '../../protocol/exchange/download.js'
import type { RouteName } from '../../protocol/routes.js'
import type { ErrorCode } from '../../protocol/wire/error.js'
import type { Engine } from '../engine.js'
import type { HubReply } from '../hub/ask-hub.js'
import { deferral } from '../hub/deferral.js'
import { refusalOf } from '../license/refusal-of.js'
import { releaseObjection } from '../updates/release-proof.js'
import type { ReportProgress } from './flights.js'
import { createPace } from './pace.js'
import { createProgress } from './progress.js'
import { type FileAnswer, requestFile } from './request-file.js'

export interface FileOrder {
  readonly release: Release
  readonly target: DownloadTarget
  readonly licenseKey: LicenseKey
  readonly deadlineMs: number
  readonly priority: Priority
}

/** A connection that breaks is made again for the rest, but not to a server that sends next to nothing each time. */
const mostConnections = 20

/** For a place in the budget, which comes free within a minute, and the head of an answer. */
const answerWithinMs = 90_000

/**
 * Brings a file to its place: what an earlier attempt has left, then the rest, over as many connections as it takes.
 * Only a file whose every byte is accounted for by the release's SHA-256 gets its name.
 */
export async function fetchFile(
  engine: Engine,
  { release, target, licenseKey, deadlineMs, priority }: FileOrder,
  report: ReportProgress,
  signal: AbortSignal,
): Promise<DownloadOutcome> {
  const { clock, downloads, settings } = engine
  const pace = createPace(clock, deadlineMs, signal)
  const progress = createProgress(clock, target.size, report)
  let partial: PartialFile | undefined
  /** Of how many connections the bytes are: those of several may be of two files. */
  let connections = 0
  let mayStartOver = true

  async function drop(): Promise<void> {
    await partial?.discard()
    partial = undefined
    connections = 0
  }

  /** One connection. Without an outcome there is more to do. */
  async function connect(): Promise<DownloadOutcome | undefined> {
    const { domain } = await engine.identity()
    const point = resumePoint(partial)
    if (!point) await drop()
    const question = { licenseKey, product: settings.product.slug, domain, version: release.version }
    const reply = await requestFile(engine, {
      ...routeOf(engine, release),
      body: buildDownloadRequest(question),
      size: target.size,
      point,
      deadlineMs: Math.min(pace.remainingMs(), answerWithinMs),
      signal: pace.signal,
      priority,
      onSend: pace.watch,
    })
    if (reply.kind !== 'answer') return declined(reply)
    const { answer } = reply
    switch (answer.kind) {
      case 'unsafe-redirect':
        return refusedDownload('unsafe-redirect')
      case 'other-size':
        await drop()
        return refusedDownload('wrong-file')
      case 'changed':
        return drop().then(() => undefined)
      case 'file':
        return receive(answer)
    }
  }

  async function receive({
    from,
    validator,
    body,
  }: Extract<FileAnswer, { kind: 'file' }>): Promise<DownloadOutcome | undefined> {
    if (from === 0) await drop()
    partial ??= await downloads.create(target, validator)
    connections += 1
    progress.begin(from)
    const fate = await pour(body, partial)
    pace.pause()
    switch (fate) {
      case 'whole':
        return finish(partial)
      case 'too-long':
        await drop()
        return refusedDownload('wrong-file')
      default: {
        const canGoOn = resumePoint(partial) !== null && partial.length() > from
        return canGoOn ? undefined : undecided(engine, fate)
      }
    }
  }

  async function pour(
    body: AsyncIterable<Uint8Array>,
    into: PartialFile,
  ): Promise<'whole' | 'too-long' | SetbackReason> {
    try {
      for await (const bytes of body) {
        // Cut here, whatever was announced: an endless body would fill the disk.
        if (into.length() + bytes.length > target.size) return 'too-long'
        await into.write(bytes)
        pace.arrived(bytes.length)
        progress.reach(into.length())
      }
    } catch (error) {
      if (error instanceof BodyFailure) return error.reason
      throw error
    }
    return into.length() === target.size ? 'whole' : 'connection-lost'
  }

  async function finish(whole: PartialFile): Promise<DownloadOutcome | undefined> {
    if ((await whole.seal()) !== target.sha256) {
      const wasPieced = connections > 1
      await drop()
      if (!wasPieced || !mayStartOver) return refusedDownload('wrong-file')
      mayStartOver = false
      return undefined
    }
    // What was proven when the download began may have ended since.
    const objection = await releaseObjection(engine, release)
    if (objection) return refusedDownload(objection)
    const published = await whole.publish()
    const found = published === undefined ? await downloads.find(target, pace.signal) : undefined
    if (found && !found.isWhole) return nameTaken(found.path)
    partial = undefined
    const path = published ?? found?.path
    if (path === undefined) return undecided(engine, 'failed-here')
    progress.finish()
    return { outcome: 'downloaded', release, path }
  }

  try {
    partial = await downloads.resume(target, pace.signal)
    // What an earlier attempt has left may be of any number, and a power cut may have torn it: the hub is not to blame.
    connections = partial ? 2 : 0
    for (let turn = 0; turn < mostConnections; turn += 1) {
      const isWhole = partial?.length() === target.size
      const outcome = partial && isWhole ? await finish(partial) : await connect()
      if (outcome) return outcome
    }
    return undecided(engine, 'connection-lost')
  } catch (error) {
    if (!pace.hasGivenUp()) throw error
    return undecided(engine, 'timeout')
  } finally {
    pace.end()
    await partial?.leave()
  }
}

/** Where the next connection goes on; `null` where it has to begin. */
function resumePoint(partial: PartialFile | undefined): ResumePoint | null {
  if (!partial || partial.validator === null || partial.length() === 0) return null
  return { from: partial.length(), validator: partial.validator }
}

/** Components have a route and a budget of their own. */
function routeOf({ settings }: Engine, { slug }: Release) {
  const operation: RouteName = slug === settings.product.slug ? 'updateDownload' : 'componentDownload'
  const route = settings.routes[operation]
  return { operation, route: { ...route, path: route.path.replace('{slug}', encodeURIComponent(slug)) } }
}

const goneCodes: ReadonlySet<ErrorCode | null> = new Set<ErrorCode>(['release_not_found', 'component_not_found'])

function declined(reply: Exclude<HubReply<unknown>, { kind: 'answer' }>): DownloadOutcome {
  if (reply.kind === 'setback') return deferral(reply)
  const reason: DownloadRefusal | undefined = goneCodes.has(reply.code)
    ? 'no-such-release'
    : updateRefusals.find((refusal) => refusal === refusalOf(reply.code))
  return reason ? refusedDownload(reason) : deferral(reply)
}

function undecided({ clock }: Engine, reason: SetbackReason): Deferred {
  return deferral({ kind: 'setback', setback: { reason, retryAt: clock.now() } })
}
