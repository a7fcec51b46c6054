/** A recurring check of one installation. Times and lengths in milliseconds. */
export interface CheckCycle {
  readonly periodMs: number
  /**
   * In [0, 1): where in the period this installation has its place. Derived from its identity, so that a million
   * installations spread over the whole period and return to their places after an outage brought them together.
   */
  readonly phase: number
  /** In [0, 1): drawn anew for each cycle, so that no two cycles of one installation are alike. */
  readonly variation: number
}

/** The least part of a period that lies between two checks, so that a check at a start is not followed by another. */
const leastGap = 0.1

/** How far a check may stray from its place, as a part of the period. */
const stray = 0.1

/**
 * When the next check is due after one at `lastAt`: at the installation's place in the period, give or take a tenth,
 * but never later than a period after the last one, when its outcome grows stale.
 */
export function nextInCycle({ periodMs, phase, variation }: CheckCycle, lastAt: number): number {
  const earliest = lastAt + leastGap * periodMs
  const place = (Math.floor(earliest / periodMs - phase) + 1 + phase) * periodMs
  const due = place + (2 * variation - 1) * stray * periodMs
  return Math.min(Math.max(due, earliest), lastAt + periodMs)
}

const recoveryMs = 15 * 60_000

/**
 * When to ask again after the hub did not answer: at any time within a quarter of an hour from when it is allowed, so
 * that a hub that comes back is not met by everybody at once.
 */
export function afterOutage(allowedAt: number, variation: number): number {
  return allowedAt + Math.floor(variation * recoveryMs)
}
