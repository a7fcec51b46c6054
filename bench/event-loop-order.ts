import type { Hub } from './hub.js'

/** Two questions in one process: the first loads what asks, the second finds it loaded. */
export interface EventLoopOrder {
  readonly hub: Hub
  /** Where a license has been activated: one for each question, since a hub that is silent is not asked again soon. */
  readonly directories: { readonly cold: string; readonly warm: string }
  /** Whether the hub ever answers. */
  readonly answers: boolean
}

/** The longest time between two turns of the event loop, in milliseconds. */
export interface EventLoopReport {
  /** While nothing is done. */
  readonly idle: number
  readonly cold: number
  readonly warm: number
}
