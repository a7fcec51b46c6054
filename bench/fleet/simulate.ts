import { quantile } from '../statistics.js'
import type { FleetClient, Strategy } from './fleet-client.js'
import { createHub } from './hub.js'
import { runTogether } from './run-together.js'
import { type Scenario, startOf } from './scenario.js'

export interface FleetSize {
  readonly clients: number
  readonly seed: number
}

/** What became of a fleet. Rates are requests per second at the hub from `judgedFrom` on. */
export interface FleetFigures {
  readonly strategy: Strategy
  readonly scenario: Scenario
  /** Per second from the scenario's `from` on. */
  readonly arrivals: Uint32Array
  /** Until every client was served, or to the end of a scenario without an outage. */
  readonly mean: number
  readonly p99: number
  readonly peak: number
  /** The busiest minute over the mean minute. */
  readonly minutePeakToMean: number
  readonly meanAttempts: number
  readonly mostAttempts: number
  /** From the end of the outage until the last client was served, in milliseconds. */
  readonly recoveryMs: number
  /** Clients that had no answer by the end, or whose license stopped working. */
  readonly lost: number
  /** Requests that the hub turned away because too many came in one second. */
  readonly overflow: number
}

/** Runs a fleet through a scenario. */
export function simulate(strategy: Strategy, scenario: Scenario, { clients, seed }: FleetSize): FleetFigures {
  const hub = createHub(scenario)
  let attempts = 0
  let mostAttempts = 0
  let lastServedAt = scenario.judgedFrom
  let lost = 0
  const create = (client: number) => strategy.create(startOf(scenario, hub, seed, client))
  const inTurn = scenario.answersPerSecond === null
  for (const member of inTurn ? runInTurn(clients, create, scenario.to) : runAtOnce(clients, create, scenario.to)) {
    attempts += member.attempts
    mostAttempts = Math.max(mostAttempts, member.attempts)
    lastServedAt = Math.max(lastServedAt, member.servedAt ?? scenario.to)
    if (member.servedAt === null || member.lockedOut) lost += 1
  }

  const second = (time: number) => Math.ceil((time - scenario.from) / 1000)
  const judged = hub.arrivals.subarray(second(scenario.judgedFrom))
  const recovering = scenario.outage
    ? hub.arrivals.subarray(
        second(scenario.judgedFrom),
        Math.max(second(lastServedAt), second(scenario.judgedFrom) + 1),
      )
    : judged
  return {
    strategy,
    scenario,
    arrivals: hub.arrivals,
    mean: mean(recovering),
    p99: quantile(recovering, 0.99),
    peak: judged.reduce((most, value) => Math.max(most, value), 0),
    minutePeakToMean: peakToMean(perMinute(judged)),
    meanAttempts: attempts / clients,
    mostAttempts,
    recoveryMs: scenario.outage ? lastServedAt - scenario.outage.to : 0,
    lost,
    overflow: hub.overflow(),
  }
}

/**
 * At a hub that turns nobody away no client changes what another one meets, so that one after the other gives the same
 * arrivals as all at once, and a million need no memory.
 */
function* runInTurn(clients: number, create: (client: number) => FleetClient, end: number): Generator<FleetClient> {
  for (let client = 0; client < clients; client += 1) {
    const member = create(client)
    while (member.wakesAt < end) member.wake()
    yield member
  }
}

function runAtOnce(clients: number, create: (client: number) => FleetClient, end: number): readonly FleetClient[] {
  const members = Array.from({ length: clients }, (_, client) => create(client))
  runTogether(members, end)
  return members
}

/** Sums of whole minutes. */
export function perMinute(seconds: Uint32Array): Uint32Array {
  const minutes = new Uint32Array(Math.floor(seconds.length / 60))
  for (let second = 0; second < minutes.length * 60; second += 1) {
    const minute = Math.floor(second / 60)
    minutes[minute] = (minutes[minute] ?? 0) + (seconds[second] ?? 0)
  }
  return minutes
}

function mean(values: Uint32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function peakToMean(values: Uint32Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0) / mean(values)
}
