import type { Strategy } from './strategy.js'

export interface FixedWindowCount {
  readonly hits: number
  readonly endsAt: number
}

/**
 * The default of FastAPI deployments: a window that starts at the first hit and counts denied hits too. Around its end
 * twice the limit passes, which is why a client may not rely on the phase.
 */
export const fixedWindow: Strategy<FixedWindowCount> = (count, now, { limit, windowMs }) => {
  const open = count !== undefined && now < count.endsAt
  const next = open ? { ...count, hits: count.hits + 1 } : { hits: 1, endsAt: now + windowMs }
  return [next, { allowed: next.hits <= limit, remaining: Math.max(0, limit - next.hits), resetAt: next.endsAt }]
}
