import type { Exchange } from '../http/exchange.js'
import { refusing } from '../http/refusing.js'
import { jsonReply, withHeaders } from '../http/reply.js'
import type { HttpRoute, PathParameters } from '../http/route-table.js'
import { readJsonBody, type Validated, validationReply } from '../http/validation.js'
import { type Limits, withinLimit } from '../http/within-limit.js'
import { HubRefusal } from '../hub/refusal.js'
import type { Store } from '../hub/store.js'
import type { Account } from './accounts.js'
import { authenticated } from './authentication.js'
import type { MountedPortalEndpoint, PortalEndpoint } from './endpoint.js'
import type { ListForm } from './listing.js'

/** What every endpoint of the portal is served with. */
export interface PortalServing {
  readonly store: Store
  readonly limits: Limits
  readonly errorCodes: boolean
  readonly lists: ListForm
}

/**
 * An endpoint of the portal on its path, in FastAPI's order: a body that is no JSON, who asks, whether they may, what
 * they ask; and only what is right in itself counts against a limit.
 */
export function portalRoute(mounted: MountedPortalEndpoint, serving: PortalServing): HttpRoute {
  const { name, path, route } = mounted
  return {
    name,
    category: route.category,
    method: route.method,
    path,
    handle: (exchange, parameters) =>
      refusing(serving.errorCodes, () => answer(mounted, serving, exchange, parameters)).then((response) =>
        response.status === 401 ? withHeaders(response, { 'www-authenticate': 'Bearer' }) : response,
      ),
  }
}

async function answer(
  { route, endpoint }: MountedPortalEndpoint,
  { store, limits, errorCodes, lists }: PortalServing,
  exchange: Exchange,
  parameters: PathParameters,
): Promise<Response> {
  const { request, now } = exchange
  const validationCode = errorCodes ? 'validation_error' : undefined
  const body = await bodyOf(endpoint, request)
  if ('issues' in body) return validationReply(body.issues, validationCode)
  const account =
    endpoint.roles === null ? undefined : await authenticated(store.read(), request.headers, route.apiKey, now)
  requireRole(endpoint, account)
  const query = new URL(request.url).searchParams
  const accepted = endpoint.accept({ body: body.value, query, parameters })
  if ('issues' in accepted) return validationReply(accepted.issues, validationCode)
  const serve = async (): Promise<Response> => {
    const result = await accepted.value({ store, now, lists }, account)
    return endpoint.status === 204 ? new Response(null, { status: 204 }) : jsonReply(endpoint.status, result)
  }
  // What the endpoint itself refuses counts, and carries the limit's headers.
  return withinLimit(limits, route.category, exchange, () => refusing(errorCodes, serve))
}

async function bodyOf({ request }: PortalEndpoint, from: Request): Promise<Validated<unknown>> {
  return request === null ? { value: undefined } : readJsonBody(from)
}

function requireRole({ roles }: PortalEndpoint, account: Account | undefined): void {
  if (roles === null) return
  if (account === undefined) throw new HubRefusal('not_authenticated')
  if (!roles.includes(account.type)) throw new HubRefusal('permission_denied')
}
