/**
 * Models of what limits requests at the hub, written from the algorithms of the Python package `limits` and
 * independently of the client's admission rule. All of them count in seconds and in floating point, as it does.
 */
export interface RateLimiterModel {
  readonly name: string
  /** Counts one request. False: it is refused with a 429. Times must not fall. */
  hit(atMs: number): boolean
}

export type RateLimiterFactory = (limit: number, windowMs: number) => RateLimiterModel

/** The window starts at the first hit, and the next one at the first hit after its end. */
export const fixedWindowFromFirstHit: RateLimiterFactory = (limit, windowMs) => {
  let count = 0
  let endsAt = Number.NEGATIVE_INFINITY
  return {
    name: 'fixed window from the first hit',
    hit(atMs) {
      const now = atMs / 1000
      if (endsAt <= now) {
        count = 0
        endsAt = now + windowMs / 1000
      }
      count += 1
      return count <= limit
    },
  }
}

/** Windows one after the other, the first of which begins at `phaseMs`. */
export function alignedFixedWindow(phaseMs: number): RateLimiterFactory {
  return (limit, windowMs) => {
    const counts = new Map<number, number>()
    return {
      name: `fixed windows, phase ${phaseMs} ms`,
      hit(atMs) {
        const window = Math.floor((atMs - phaseMs) / windowMs)
        const count = (counts.get(window) ?? 0) + 1
        counts.set(window, count)
        return count <= limit
      },
    }
  }
}

/** A log of the admitted hits; one that is exactly a window old still counts. */
export const movingWindow: RateLimiterFactory = (limit, windowMs) => {
  const log: number[] = []
  return {
    name: 'moving window',
    hit(atMs) {
      const now = atMs / 1000
      const limiting = log.at(-limit)
      if (limiting !== undefined && limiting >= now - windowMs / 1000) return false
      log.push(now)
      return true
    },
  }
}

/** Windows aligned to the hub's clock, as `limits` has them in memory. */
export function alignedSlidingWindowCounter(phaseMs: number): RateLimiterFactory {
  return (limit, windowMs) => {
    const counts = new Map<number, number>()
    const expiry = windowMs / 1000
    return {
      name: `sliding-window counter, phase ${phaseMs} ms`,
      hit(atMs) {
        const now = (atMs - phaseMs) / 1000
        const window = Math.floor(now / expiry)
        const previousTtl = (window + 1) * expiry - now
        const current = counts.get(window) ?? 0
        const weighted = ((counts.get(window - 1) ?? 0) * previousTtl) / expiry + current
        if (Math.floor(weighted) + 1 > limit) return false
        counts.set(window, current + 1)
        return true
      },
    }
  }
}

/** Windows that start at the first hit and follow each other while there are hits, as `limits` has them in Redis. */
export const slidingWindowCounterFromFirstHit: RateLimiterFactory = (limit, windowMs) => {
  let start = Number.NEGATIVE_INFINITY
  let previous = 0
  let current = 0
  return {
    name: 'sliding-window counter from the first hit',
    hit(atMs) {
      if (atMs >= start + 2 * windowMs) {
        previous = 0
        current = 0
        start = atMs
      } else if (atMs > start + windowMs) {
        previous = current
        current = 0
        start += windowMs
      }
      const previousTtl = start + windowMs - atMs
      if (Math.floor((previous * previousTtl) / windowMs) + current + 1 > limit) return false
      current += 1
      return true
    },
  }
}

/** Every limiter, and those with a phase at each of `phasesMs`. */
export function limiterFactories(phasesMs: readonly number[]): readonly RateLimiterFactory[] {
  return [
    fixedWindowFromFirstHit,
    movingWindow,
    slidingWindowCounterFromFirstHit,
    ...phasesMs.flatMap((phaseMs) => [alignedFixedWindow(phaseMs), alignedSlidingWindowCounter(phaseMs)]),
  ]
}
