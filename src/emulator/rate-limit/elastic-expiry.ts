import type { FixedWindowCount } from './fixed-window.js'
import type { Strategy } from './strategy.js'

/** A fixed window whose end moves with every hit, denied ones included: who keeps knocking never gets in. */
export const elasticExpiry: Strategy<FixedWindowCount> = (count, now, { limit, windowMs }) => {
  const open = count !== undefined && now < count.endsAt
  const hits = open ? count.hits + 1 : 1
  const endsAt = now + windowMs
  return [
    { hits, endsAt },
    { allowed: hits <= limit, remaining: Math.max(0, limit - hits), resetAt: endsAt },
  ]
}
