/** One request as the client sees it. It reached the hub at an unknown time from `sentAt` to `answeredAt`. */
export interface SentRequest {
  readonly sentAt: number
  /** `null` while the answer is outstanding. */
  readonly answeredAt: number | null
}

/** At most `limit` requests in any window of `windowMs`. */
export interface Budget {
  readonly limit: number
  readonly windowMs: number
}

/**
 * What passes on one clock while 1 passes on another. Those of two machines are apart by up to a thousandth, where both
 * are being set right at the fastest rate (NTP's, 500 ppm), one this way and one that way.
 */
export const fastestClock = 1.001

/** The budget by a clock that gains on the hub's: a window that is over here would not be over there. */
export function withDrift({ limit, windowMs }: Budget): Budget {
  return { limit, windowMs: Math.ceil(windowMs * fastestClock) }
}

/** Requests that ended longer ago than this cannot count in any limiter. */
export function budgetMemoryMs(budget: Budget): number {
  return 2 * budget.windowMs
}

/**
 * Whether one more request can be sent at `time` such that no limiter of the hub counts more than its limit, whatever
 * it does: fixed windows of any phase, a moving window, or a sliding-window counter, and whenever within their flight
 * the earlier requests arrived.
 *
 * The sliding-window counter is the strictest: it weighs the previous window by the part of it that a window ending
 * now still covers. So for every phase that its windows could have, the requests that may be in the current window
 * count whole and those that may be in the previous one count by that weight. A moving window and fixed windows are
 * the special case of a window that began just now.
 */
export function isAdmissible(requests: readonly SentRequest[], budget: Budget, time: number): boolean {
  const { limit, windowMs } = budget
  const ages = requests.map(({ answeredAt }) => (answeredAt === null ? 0 : Math.max(0, time - answeredAt)))
  // The count rises only at these points and falls between them, so its maximum is at one of them.
  const rises = [
    ...ages.map((age) => ({ elapsed: Math.max(0, age - windowMs), isCurrent: false })),
    ...ages.map((age) => ({ elapsed: age, isCurrent: true })),
  ]
    .filter(({ elapsed }) => elapsed < windowMs)
    .sort((a, b) => a.elapsed - b.elapsed)

  let counted = 0
  let current = 0
  for (const { elapsed, isCurrent } of rises) {
    if (isCurrent) current += 1
    else counted += 1
    // Times the window, so that whole milliseconds are counted exactly: a quotient may be rounded to below the limit.
    if (counted * (windowMs - elapsed) + current * elapsed >= limit * windowMs) return false
  }
  return true
}

/** The earliest time, in whole milliseconds from `time` on, at which a request becomes admissible. */
export function nextAdmission(requests: readonly SentRequest[], budget: Budget, time: number): number {
  if (isAdmissible(requests, budget, time)) return time
  // What is still in flight is taken as answered now: this is an estimate for callers, not an admission.
  const settled = requests.map(({ sentAt, answeredAt }) => ({ sentAt, answeredAt: answeredAt ?? time }))
  let refused = time
  const lastAnswer = settled.reduce((last, { answeredAt }) => Math.max(last, answeredAt), time)
  let admitted = Math.ceil(lastAnswer) + budgetMemoryMs(budget) + 1
  while (admitted - refused > 1) {
    const middle = Math.floor((admitted + refused) / 2)
    if (isAdmissible(settled, budget, middle)) admitted = middle
    else refused = middle
  }
  return admitted
}
