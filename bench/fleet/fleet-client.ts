import type { Hub } from './hub.js'

/** One machine of the fleet. No machine knows of another, so that each runs on a virtual clock of its own. */
export interface FleetClient {
  /** When it looks next whether there is something to ask. */
  readonly wakesAt: number
  /** Requests sent, of both kinds, until both kinds had an answer. */
  readonly attempts: number
  /** When both kinds had an answer for the first time; `null` before. */
  readonly servedAt: number | null
  /** Whether the license stopped working for want of an answer. */
  readonly lockedOut: boolean
  wake(): void
}

/** What a client starts with. */
export interface ClientStart {
  readonly hub: Hub
  readonly seed: number
  readonly client: number
  /** When the machine starts: whatever is due by then is asked. */
  readonly startsAt: number
  /** When the license was verified last, and updates checked. */
  readonly verifiedAt: number
  readonly updatesCheckedAt: number
}

export interface Strategy {
  readonly name: string
  /** For the chart's legend and color. */
  readonly key: 'own' | 'cron' | 'exponential' | 'constant'
  readonly create: (start: ClientStart) => FleetClient
}

/** From a request to its answer: between 40 and 200 ms. */
export function roundTripMs(fraction: number): number {
  return 40 + Math.floor(fraction * 160)
}
