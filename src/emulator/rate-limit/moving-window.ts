import type { Strategy } from './strategy.js'

/** A log of the admitted hits, oldest first; denied ones are not counted. A hit exactly one window old still counts. */
export const movingWindow: Strategy<readonly number[]> = (log, now, { limit, windowMs }) => {
  const recent = (log ?? []).filter((hitAt) => hitAt >= now - windowMs)
  const allowed = recent.length < limit
  const counted = allowed ? [...recent, now] : recent
  return [counted, { allowed, remaining: limit - counted.length, resetAt: (counted[0] ?? now) + windowMs }]
}
