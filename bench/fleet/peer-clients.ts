import { fractionsOf, identityOf } from './chance.js'
import { type ClientStart, type FleetClient, roundTripMs, type Strategy } from './fleet-client.js'

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const periodMs = 12 * hourMs

/** How late a job starts after its minute: the clock's error and the start of the process. */
const cronDelayMs = 5_000

/** When a peer runs its job, which asks both questions one after the other. It does not read `Retry-After`. */
interface Timetable {
  /** The first run of a machine that is due at `dueAt`. */
  readonly first: (dueAt: number, fraction: number) => number
  readonly afterSuccess: (ranAt: number, fraction: number) => number
  readonly afterFailure: (ranAt: number, failures: number, fraction: number) => number
}

function nextCronRun(time: number, fraction: number): number {
  return Math.ceil(time / periodMs) * periodMs + Math.floor(fraction * cronDelayMs)
}

const afterPeriod = (ranAt: number) => ranAt + periodMs
const onTime = (dueAt: number) => dueAt

export const peerStrategies: readonly Strategy[] = [
  peer('cron at 00:00 and 12:00', 'cron', {
    first: nextCronRun,
    afterSuccess: (ranAt, fraction) => nextCronRun(ranAt + cronDelayMs, fraction),
    afterFailure: (ranAt, _failures, fraction) => nextCronRun(ranAt + cronDelayMs, fraction),
  }),
  peer('exponential, no jitter', 'exponential', {
    first: onTime,
    afterSuccess: afterPeriod,
    afterFailure: (ranAt, failures) => ranAt + Math.min(5 * minuteMs * 2 ** (failures - 1), 6 * hourMs),
  }),
  peer('retry every 5 s', 'constant', {
    first: onTime,
    afterSuccess: afterPeriod,
    afterFailure: (ranAt) => ranAt + 5_000,
  }),
]

function peer(name: string, key: Strategy['key'], timetable: Timetable): Strategy {
  return { name, key, create: (start) => createPeerClient(timetable, start) }
}

function createPeerClient(timetable: Timetable, { hub, seed, client, startsAt, verifiedAt }: ClientStart): FleetClient {
  const fraction = fractionsOf(identityOf(seed, client))
  let wakesAt = timetable.first(Math.max(startsAt, verifiedAt + periodMs), fraction())
  let attempts = 0
  let failures = 0
  let servedAt: number | null = null

  /** Which of the two questions of this run have been answered. What was answered is not asked again. */
  let answered = [false, false]

  function wake(): void {
    let time = wakesAt
    answered = answered.map((before) => {
      if (before) return true
      if (servedAt === null) attempts += 1
      const { kind } = hub.ask(time)
      time += roundTripMs(fraction())
      return kind === 'answer'
    })
    if (answered.every(Boolean)) {
      answered = [false, false]
      servedAt ??= time
      failures = 0
      wakesAt = timetable.afterSuccess(wakesAt, fraction())
    } else {
      failures += 1
      wakesAt = timetable.afterFailure(wakesAt, failures, fraction())
    }
  }

  return {
    get wakesAt() {
      return wakesAt
    },
    get attempts() {
      return attempts
    },
    get servedAt() {
      return servedAt
    },
    lockedOut: false,
    wake,
  }
}
