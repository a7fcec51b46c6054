import type { Hub, MountedEndpoint } from '../endpoints/endpoint.js'
import { HubRefusal } from '../hub/refusal.js'
import type { RateLimitBody } from '../options.js'
import type { RateLimiter } from '../rate-limit/rate-limiter.js'
import { jsonReply, withHeaders } from './reply.js'
import type { HttpRoute } from './route-table.js'
import { rateLimitHeaders, tooManyRequests } from './too-many-requests.js'
import { readJsonBody, validationReply } from './validation.js'

/** What every endpoint is served with. */
export interface Serving {
  readonly hub: Hub
  readonly limiter: RateLimiter
  readonly limitBody: RateLimitBody
  readonly errorCodes: boolean
}

/**
 * An endpoint on its path. Validation comes first and does not count against the rate limit; what the endpoint itself
 * refuses does.
 */
export function machineRoute({ name, path, route, limit, endpoint }: MountedEndpoint, serving: Serving): HttpRoute {
  const { hub, limiter, limitBody, errorCodes } = serving
  const codeOf = (code: string): string | undefined => (errorCodes ? code : undefined)
  return {
    name,
    category: route.category,
    method: route.method,
    path,
    handle: async (exchange, parameters) => {
      const body = await readJsonBody(exchange.request)
      if ('issues' in body) return validationReply(body.issues, codeOf('validation_error'))
      noteLicenseKey(body.value, exchange.noteLicenseKey)
      const accepted = endpoint.accept(body.value)
      if ('issues' in accepted) return validationReply(accepted.issues, codeOf('validation_error'))

      const admission = limiter.admit(route.category, exchange.remoteAddress)
      if (admission?.allowed === false) return tooManyRequests(limitBody, { admission, limit, now: exchange.now })
      const answer = refusing(errorCodes, () => accepted.value({ hub, exchange, parameters }))
      if (admission === undefined) return answer
      return withHeaders(answer, rateLimitHeaders(limitBody, { admission, limit, now: exchange.now }))
    },
  }
}

function refusing(errorCodes: boolean, serve: () => Response): Response {
  try {
    return serve()
  } catch (error) {
    if (!(error instanceof HubRefusal)) throw error
    const { status, message: detail, code } = error
    return jsonReply(status, errorCodes ? { detail, code } : { detail })
  }
}

function noteLicenseKey(body: unknown, note: (key: string) => void): void {
  if (typeof body !== 'object' || body === null || !('license_key' in body)) return
  if (typeof body.license_key === 'string') note(body.license_key)
}
