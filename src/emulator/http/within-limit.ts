import type { Category } from '../../protocol/routes.js'
import type { RateLimitBody } from '../options.js'
import type { RateLimiter } from '../rate-limit/rate-limiter.js'
import type { Exchange } from './exchange.js'
import { withHeaders } from './reply.js'
import { rateLimitHeaders, tooManyRequests } from './too-many-requests.js'

/** How requests are counted, and what is answered over the limit. */
export interface Limits {
  readonly limiter: RateLimiter
  readonly limitBody: RateLimitBody
}

/** Counts a request, and serves it unless it is one too many. Without a category nothing is counted. */
export async function withinLimit(
  { limiter, limitBody }: Limits,
  category: Category | null,
  { now, remoteAddress }: Exchange,
  serve: () => Response | Promise<Response>,
): Promise<Response> {
  const admission = category === null ? undefined : limiter.admit(category, remoteAddress)
  if (category === null || admission === undefined) return serve()
  const denial = { admission, limit: limiter.limitOf(category), now }
  if (!admission.allowed) return tooManyRequests(limitBody, denial)
  return withHeaders(await serve(), rateLimitHeaders(limitBody, denial))
}
