import { digestText } from '../asking/digest.js'
import type { Setback } from '../domain/license/setback.js'
import {
  type DrawLot,
  sleepBeforeTurn,
  updateCheckTime,
  verificationTime,
} from '../domain/schedule/background-schedule.js'
import { afterOutage } from '../domain/schedule/check-cycle.js'
import type { Timer } from '../ports/clock.js'
import type { Engine } from './engine.js'
import { judge } from './license/verdict-on.js'
import type { Verify } from './license/verify.js'
import type { CheckUpdates } from './updates/check-updates.js'
import { releaseSupersededKeys } from './updates/release-superseded.js'

/** Checks license and updates in the background, from `start` to `close`. */
export interface Scheduler {
  start(): void
  close(): void
}

/** What the scheduler sets going. */
export interface ScheduledWork {
  readonly verify: Verify
  readonly checkUpdates: CheckUpdates
}

interface Plan {
  readonly verifyAt: number
  readonly updatesAt: number
}

const never: Plan = { verifyAt: Number.POSITIVE_INFINITY, updatesAt: Number.POSITIVE_INFINITY }

export function createScheduler(engine: Engine, { verify, checkUpdates }: ScheduledWork): Scheduler {
  const { clock, keeper, observer, random, settings } = engine
  let closing: AbortController | undefined
  let timer: Timer | undefined
  /**
   * Until when, on the monotonic clock. A budget that was used up says nothing about the hub, so it holds back this
   * process alone. Were it on the wall clock, one that is set back would hold back for as long as it was set back.
   */
  let heldBack: Plan = { verifyAt: Number.NEGATIVE_INFINITY, updatesAt: Number.NEGATIVE_INFINITY }

  async function plan(): Promise<Plan> {
    const record = await keeper.load()
    if (typeof record === 'string') return never
    const now = clock.now()
    const draw = await lotsOf(engine, record.licenseKey)
    const verdict = await judge(engine, record, now, 'record')
    const usable = verdict.state === 'licensed' || verdict.state === 'grace'
    const wallOffset = now - clock.monotonic()
    const verifyAt = Math.max(
      verificationTime(record, usable, draw, settings.policy, now),
      heldBack.verifyAt + wallOffset,
    )
    // What the hub is about to replace is not announced: a product would flash its grace notice at every renewal, and
    // change it twice with every attempt of an outage.
    const isPassing = verifyAt <= now || (verdict.state === 'grace' && verdict.reason === 'not-asked-yet')
    if (!isPassing && closing) observer.notify('verdict', verdict)
    const updatesAt = usable
      ? Math.max(updateCheckTime(record, draw, now), heldBack.updatesAt + wallOffset)
      : never.updatesAt
    return { verifyAt, updatesAt }
  }

  /** Everybody's silence ends at about the same time, and must not end in everybody's request. */
  function heldBackBy(attempt: Setback | undefined): number {
    if (attempt?.reason !== 'over-budget') return Number.NEGATIVE_INFINITY
    return afterOutage(clock.monotonic() + attempt.retryAt - clock.now(), random.fraction())
  }

  async function work(signal: AbortSignal): Promise<void> {
    const { verifyAt, updatesAt } = await plan()
    const terms = () =>
      ({ endsAt: clock.monotonic() + settings.requestDeadlineMs, priority: 'background', signal }) as const
    if (verifyAt <= clock.now()) {
      const { lastAttempt } = await verify({ ...terms(), fresh: true })
      heldBack = { ...heldBack, verifyAt: heldBackBy(lastAttempt) }
      await releaseSupersededKeys(engine, terms())
    }
    if (updatesAt <= clock.now()) {
      const outcome = await checkUpdates({ ...terms(), fresh: true })
      heldBack = { ...heldBack, updatesAt: heldBackBy(outcome.outcome === 'deferred' ? outcome : undefined) }
    }
  }

  async function turn(signal: AbortSignal): Promise<void> {
    // Nothing that happens here has a caller who could be told: the next turn is the answer to every failure.
    await work(signal).catch(() => undefined)
    const { verifyAt, updatesAt } = await plan().catch(() => never)
    if (signal.aborted) return
    timer = clock.after(sleepBeforeTurn(Math.min(verifyAt, updatesAt), clock.now()), () => void turn(signal))
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

async function lotsOf({ hash, identity }: Engine, licenseKey: string | null): Promise<DrawLot> {
  const { installation } = await identity()
  return (purpose) => {
    const digest = digestText(hash, JSON.stringify([installation, licenseKey, purpose]))
    return Number.parseInt(digest.slice(0, 12), 16) / 2 ** 48
  }
}
