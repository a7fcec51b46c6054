import { type Category, type RateLimit, rateLimits } from '../../protocol/routes.js'
import type { Clock, RateLimitOptions } from '../options.js'
import { elasticExpiry } from './elastic-expiry.js'
import { fixedWindow } from './fixed-window.js'
import { movingWindow } from './moving-window.js'
import { slidingWindowCounter } from './sliding-window-counter.js'
import type { Admission, Strategy } from './strategy.js'

/** Counts requests per remote address and category. */
export interface RateLimiter {
  limitOf(category: Category): RateLimit
  /** Counts one request. `undefined` where the limiter is off. */
  admit(category: Category, remoteAddress: string): Admission | undefined
}

export function createRateLimiter(options: RateLimitOptions, clock: Clock): RateLimiter {
  const limitOf = (category: Category): RateLimit => ({
    limit: options.limits?.[category] ?? rateLimits[category].limit,
    windowMs: options.windowMs ?? rateLimits[category].windowMs,
  })
  const count = counterFor(options.strategy ?? 'fixed-window')
  return {
    limitOf,
    admit: (category, remoteAddress) => count?.(`${category} ${remoteAddress}`, clock.now(), limitOf(category)),
  }
}

type Counter = (key: string, now: number, limit: RateLimit) => Admission

function counterFor(strategy: NonNullable<RateLimitOptions['strategy']>): Counter | undefined {
  switch (strategy) {
    case 'fixed-window':
      return counting(fixedWindow)
    case 'elastic-expiry':
      return counting(elasticExpiry)
    case 'moving-window':
      return counting(movingWindow)
    case 'sliding-window-counter':
      return counting(slidingWindowCounter)
    case 'off':
      return undefined
  }
}

function counting<Count>(strategy: Strategy<Count>): Counter {
  const counts = new Map<string, Count>()
  return (key, now, limit) => {
    const [count, admission] = strategy(counts.get(key), now, limit)
    counts.set(key, count)
    return admission
  }
}
