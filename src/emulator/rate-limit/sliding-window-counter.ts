import type { Strategy } from './strategy.js'

export interface SlidingWindowCount {
  /** Number of the window since the epoch: these windows are aligned to the clock, not to the first hit. */
  readonly window: number
  readonly previous: number
  readonly current: number
}

/** Counts per aligned window and weighs the previous one by how much of it a window ending now still covers. */
export const slidingWindowCounter: Strategy<SlidingWindowCount> = (count, now, { limit, windowMs }) => {
  const window = Math.floor(now / windowMs)
  const { previous, current } = countsIn(window, count)
  const elapsed = (now - window * windowMs) / windowMs
  const weighted = Math.floor(previous * (1 - elapsed) + current)
  const allowed = weighted + 1 <= limit
  return [
    { window, previous, current: allowed ? current + 1 : current },
    {
      allowed,
      remaining: Math.max(0, limit - weighted - (allowed ? 1 : 0)),
      resetAt: (window + 1) * windowMs,
    },
  ]
}

function countsIn(window: number, count: SlidingWindowCount | undefined): { previous: number; current: number } {
  if (count?.window === window) return count
  return { previous: count?.window === window - 1 ? count.current : 0, current: 0 }
}
