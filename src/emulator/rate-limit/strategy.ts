import type { RateLimit } from '../../protocol/routes.js'

/** What a limiter says about one request. */
export interface Admission {
  readonly allowed: boolean
  /** Requests left before the limit, after this one. */
  readonly remaining: number
  /** When the present window ends, in epoch milliseconds. */
  readonly resetAt: number
}

/** A counting rule: from what was counted so far and one more hit to the new count and a decision. */
export type Strategy<Count> = (count: Count | undefined, now: number, limit: RateLimit) => readonly [Count, Admission]
