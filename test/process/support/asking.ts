import type { HubOptions } from '../../../src/index.js'

/** What a product that never stops asking is told, as the program's one argument. */
export interface AskingOrder {
  readonly hub: HubOptions
  readonly directory: string
  /** Its own: products on one domain would share each other's answers. */
  readonly domain: string
  readonly key: string
  /** `open` always grants, `unavailable` never does: admission must not need the lock. */
  readonly lock: 'directory' | 'open' | 'unavailable'
  /** The longest that one call waits for its place and the answer. */
  readonly deadlineMs: number
}

/** What it has seen. */
export interface AskingReport {
  /** From each call to its verdict, in milliseconds. */
  readonly waitsMs: readonly number[]
  /** By how much the latest verdict missed the deadline of its call, in milliseconds; below 0 where all kept it. */
  readonly overshootMs: number
  /** By how much the latest verdict came after a timer that the program itself had set for the deadline: our own part. */
  readonly behindTimerMs: number
  /** How many verdicts there were of each kind, such as `licensed by hub`. */
  readonly verdicts: Readonly<Record<string, number>>
}
