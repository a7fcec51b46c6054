import { afterOutage, nextInCycle } from '../domain/check-cycle.js'
import type { CheckUpdatesOutcome } from '../domain/outcome.js'
import type { LicenseRecord } from '../domain/record.js'
import { backOffAfter, nextCheckTime, renewalTime } from '../domain/schedule.js'
import { type Setback, setbackKind } from '../domain/setback.js'
import type { Timer } from '../ports/clock.js'
import type { AskOptions } from './ask-license.js'
import { digestText } from './digest.js'
import type { Engine } from './engine.js'
import { releaseSupersededKeys } from './release-superseded.js'
import { verdictOn } from './verdict-on.js'
import type { Verify } from './verify.js'

/** Checks license and updates in the background, from `start` to `close`. */
export interface Scheduler {
  start(): void
  close(): void
}

/** What the scheduler sets going. */
export interface ScheduledWork {
  readonly verify: Verify
  readonly checkUpdates: (options: AskOptions) => Promise<CheckUpdatesOutcome>
}

interface Plan {
  readonly verifyAt: number
  readonly updatesAt: number
}

/** Updates are checked every 12 hours (documented by FlavorTeam). */
const updateIntervalMs = 12 * 60 * 60_000

/** How often a license that does not work is checked in the background. A call of `verify()` asks sooner. */
const idleIntervalMs = 60 * 60_000

/** No timer sleeps longer: a machine that was suspended, or a clock that was set, is noticed soon after. */
const longestSleepMs = 10 * 60_000

export function createScheduler(engine: Engine, { verify, checkUpdates }: ScheduledWork): Scheduler {
  const { clock, keeper, random, settings } = engine
  let closing: AbortController | undefined
  let timer: Timer | undefined
  /** What holds back the next update check, after one that the hub did not answer. */
  let updateBackOff: LicenseRecord['backOff'] = null

  async function plan(): Promise<Plan> {
    const record = await keeper.load()
    if (typeof record === 'string') return { verifyAt: Number.POSITIVE_INFINITY, updatesAt: Number.POSITIVE_INFINITY }
    const now = clock.now()
    const { state } = await verdictOn(engine, record, now, 'record')
    const usable = state === 'licensed' || state === 'grace'
    return {
      verifyAt: await verificationTime(engine, record, usable, now),
      updatesAt: usable ? await updateCheckTime(engine, record, updateBackOff, now) : Number.POSITIVE_INFINITY,
    }
  }

  async function work(signal: AbortSignal): Promise<void> {
    const { verifyAt, updatesAt } = await plan()
    const options = { deadlineMs: settings.requestDeadlineMs, priority: 'background', signal } as const
    if (verifyAt <= clock.now()) {
      await verify({ ...options, fresh: true })
      await releaseSupersededKeys(engine, options)
    }
    if (updatesAt <= clock.now()) {
      const outcome = await checkUpdates(options)
      const setback: Setback | undefined = outcome.outcome === 'deferred' ? outcome : undefined
      updateBackOff = setback ? backOffAfter(updateBackOff, setback, clock.now(), random.fraction()) : null
    }
  }

  async function turn(signal: AbortSignal): Promise<void> {
    // Nothing that happens here has a caller who could be told: the next turn is the answer to every failure.
    await work(signal).catch(() => undefined)
    const next = await plan().catch((): Plan => ({ verifyAt: 0, updatesAt: 0 }))
    if (signal.aborted) return
    const sleepMs = Math.min(Math.max(next.verifyAt, 0), Math.max(next.updatesAt, 0)) - clock.now()
    timer = clock.after(Math.min(Math.max(sleepMs, minimumSleepMs), longestSleepMs), () => void turn(signal))
  }

  return {
    start() {
      if (closing) return
      closing = new AbortController()
      void turn(closing.signal)
    },
    close() {
      timer?.cancel()
      closing?.abort()
      closing = undefined
    },
  }
}

/** Whatever goes wrong, turns are never closer than this. */
const minimumSleepMs = 1_000

/** When the background schedule verifies next, on the machine's clock. */
async function verificationTime(engine: Engine, record: LicenseRecord, usable: boolean, now: number): Promise<number> {
  const { policy } = engine.settings
  if (record.licenseKey === null && record.pending === null) return Number.POSITIVE_INFINITY
  const allowedAt = nextCheckTime(record, usable, policy, now)
  const { backOff, clock, entitlement } = record
  if (backOff && setbackKind(backOff.reason) === 'non-answer') {
    return afterOutage(allowedAt, await fractionOf(engine, record, backOff.attemptedAt))
  }
  if (entitlement && !usable) return Math.max(allowedAt, entitlement.issuedAt - clock.offset + idleIntervalMs)
  if (!entitlement || backOff) return allowedAt
  const cycle = {
    periodMs: policy.verifyIntervalMs,
    phase: await fractionOf(engine, record, 'verify'),
    variation: await fractionOf(engine, record, entitlement.issuedAt),
  }
  return Math.min(nextInCycle(cycle, entitlement.issuedAt), renewalTime(entitlement, policy)) - clock.offset
}

async function updateCheckTime(
  engine: Engine,
  record: LicenseRecord,
  backOff: LicenseRecord['backOff'],
  now: number,
): Promise<number> {
  if (record.licenseKey === null) return Number.POSITIVE_INFINITY
  if (backOff) return afterOutage(backOff.until, await fractionOf(engine, record, backOff.attemptedAt))
  const { updatesCheckedAt, clock } = record
  if (updatesCheckedAt === null) return now
  const cycle = {
    periodMs: updateIntervalMs,
    phase: await fractionOf(engine, record, 'updates'),
    variation: await fractionOf(engine, record, updatesCheckedAt),
  }
  return nextInCycle(cycle, updatesCheckedAt) - clock.offset
}

/**
 * A number in [0, 1) that stands for this installation, its license and `salt`: the same after every restart, so that
 * a product that is started often does not draw its lot anew each time.
 */
async function fractionOf({ hash, identity }: Engine, record: LicenseRecord, salt: string | number): Promise<number> {
  const { installation } = await identity()
  const digest = digestText(hash, JSON.stringify([installation, record.licenseKey, salt]))
  return Number.parseInt(digest.slice(0, 12), 16) / 2 ** 48
}
