import { fractionsOf, identityOf } from './chance.js'
import type { ClientStart } from './fleet-client.js'
import type { Hub, HubTerms } from './hub.js'

const secondMs = 1_000
const minuteMs = 60 * secondMs
const hourMs = 60 * minuteMs
const periodMs = 12 * hourMs

/** A noon, when cron jobs run, so that no strategy escapes the outage. */
const noon = Date.UTC(2026, 10, 24, 12)

/** What happens to a fleet, and when it is watched. Times in epoch milliseconds. */
export interface Scenario extends HubTerms {
  readonly key: string
  readonly title: string
  /** From here on the figures count: the end of the warm-up, or of the outage. */
  readonly judgedFrom: number
  /** When a client starts and what it knows then, by two numbers in [0, 1). */
  readonly start: (one: number, other: number) => Pick<ClientStart, 'startsAt' | 'verifiedAt' | 'updatesCheckedAt'>
}

/** Every machine runs all the time. After a warm-up of a day and a half, the fleet is watched for a day. */
export function steadyState(): Scenario {
  const from = noon - 3 * periodMs
  return {
    key: 'steady',
    title: 'steady state',
    from,
    to: noon + 2 * periodMs,
    judgedFrom: noon,
    outage: null,
    answersPerSecond: null,
    start: (one, other) => ({
      startsAt: from,
      verifiedAt: from - Math.floor(one * periodMs),
      updatesCheckedAt: from - Math.floor(other * periodMs),
    }),
  }
}

/** The whole fleet starts within one second with nothing fresh on record, as after a power cut of a hosting company. */
export function restartTogether(): Scenario {
  return {
    key: 'restart',
    title: 'restart of the whole fleet within one second',
    from: noon,
    to: noon + 6 * periodMs,
    // The first minute is the event itself; what follows from it is the strategy's work.
    judgedFrom: noon + minuteMs,
    outage: null,
    answersPerSecond: null,
    start: (one) => overdueAt(noon + Math.floor(one * secondMs)),
  }
}

export type OutageKind = 'spread' | 'together' | 'announced' | 'weak'

/** What a hub manages that has just come back and is weak. */
const weakAnswersPerSecond = 100

const outageTitle: Readonly<Record<OutageKind, string>> = {
  spread: 'outage, all clients due at any time during it',
  together: 'outage, all clients due within one second',
  announced: 'outage, its end named in Retry-After',
  weak: `outage, all clients due within one second, then 429 for more than ${weakAnswersPerSecond} requests/s`,
}

/**
 * Both questions of every client become due while the hub is down.
 *
 * @param windowMinutes - How long after its beginning the last client has become due, where they do not all at once.
 */
export function outage(kind: OutageKind, minutes: number, windowMinutes: number = minutes): Scenario {
  const lengthMs = minutes * minuteMs
  const from = noon - Math.floor(lengthMs / 3 / secondMs) * secondMs
  const to = from + lengthMs
  const dueWithinMs = kind === 'together' || kind === 'weak' ? secondMs : windowMinutes * minuteMs
  return {
    key: `outage-${kind}`,
    title: outageTitle[kind],
    from,
    to: to + 4 * periodMs,
    judgedFrom: to,
    outage: { from, to, announced: kind === 'announced' },
    answersPerSecond: kind === 'weak' ? weakAnswersPerSecond : null,
    start: (one) => overdueAt(from + Math.floor(one * dueWithinMs)),
  }
}

function overdueAt(startsAt: number): ReturnType<Scenario['start']> {
  return { startsAt, verifiedAt: startsAt - periodMs, updatesCheckedAt: startsAt - periodMs }
}

/** What client number `client` starts with. */
export function startOf(scenario: Scenario, hub: Hub, seed: number, client: number): ClientStart {
  const fraction = fractionsOf(identityOf(seed ^ 0x5bd1e995, client))
  return { hub, seed, client, ...scenario.start(fraction(), fraction()) }
}
