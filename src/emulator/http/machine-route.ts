import type { Hub, MountedEndpoint } from '../endpoints/endpoint.js'
import { refusing } from './refusing.js'
import type { HttpRoute } from './route-table.js'
import { readJsonBody, validationReply } from './validation.js'
import { type Limits, withinLimit } from './within-limit.js'

/** What every endpoint is served with. */
export interface Serving {
  readonly hub: Hub
  readonly limits: Limits
  readonly errorCodes: boolean
}

/**
 * An endpoint on its path. Validation comes first and does not count against the rate limit; what the endpoint itself
 * refuses does.
 */
export function machineRoute({ name, path, route, endpoint }: MountedEndpoint, serving: Serving): HttpRoute {
  const { hub, limits, errorCodes } = serving
  const validationCode = errorCodes ? 'validation_error' : undefined
  return {
    name,
    category: route.category,
    method: route.method,
    path,
    handle: async (exchange, parameters) => {
      const body = await readJsonBody(exchange.request)
      if ('issues' in body) return validationReply(body.issues, validationCode)
      noteLicenseKey(body.value, exchange.noteLicenseKey)
      const accepted = endpoint.accept(body.value)
      if ('issues' in accepted) return validationReply(accepted.issues, validationCode)
      return withinLimit(limits, route.category, exchange, () =>
        refusing(errorCodes, () => accepted.value({ hub, exchange, parameters })),
      )
    },
  }
}

function noteLicenseKey(body: unknown, note: (key: string) => void): void {
  if (typeof body !== 'object' || body === null || !('license_key' in body)) return
  if (typeof body.license_key === 'string') note(body.license_key)
}
