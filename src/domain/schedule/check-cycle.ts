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

/**
 * How far apart the places of an installation lie, and how far behind its place a check may fall, as parts of the
 * period. Together a whole one: the gaps between checks average nine tenths, so that one check may be early and the
 * next late, again and again, and its outcome still never grows stale. Were the places a whole period apart, every
 * check that happened to be early would pull all later ones with it, and the variation would die out.
 */
const spacing = 0.9
const variationWidth = 0.1

/** The least part of a period that lies between two checks, so that a check at a start is not followed by another. */
const leastGap = 0.1

/**
 * When the next check is due after one at `lastAt`: at the installation's next place or up to a tenth of the period
 * behind it, and so never later than a period after the last one, when its outcome grows stale.
 *
 * A place that comes too soon is left out, and the check is due at any time in the rest of the period. At a bound of
 * it, all installations that were brought together by an event would meet again.
 */
export function nextInCycle({ periodMs, phase, variation }: CheckCycle, lastAt: number): number {
  const spacingMs = spacing * periodMs
  const place = (Math.floor(lastAt / spacingMs - phase) + 1 + phase) * spacingMs
  const due = place + variation * variationWidth * periodMs
  const tooSoon = due - lastAt < leastGap * periodMs
  return tooSoon ? lastAt + (leastGap + (1 - leastGap) * variation) * periodMs : due
}

const recoveryMs = 15 * 60_000

/**
 * When to ask again after the hub did not answer: at any time within a quarter of an hour from when it is allowed, so
 * that a hub that comes back is not met by everybody at once.
 */
export function afterOutage(allowedAt: number, variation: number): number {
  return allowedAt + Math.floor(variation * recoveryMs)
}
