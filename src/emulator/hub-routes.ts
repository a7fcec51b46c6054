import { portalRoutes } from '../protocol/portal-routes.js'
import { machineRoutes } from '../protocol/routes.js'
import type { MountedEndpoint } from './endpoints/endpoint.js'
import { machineEndpoints } from './endpoints/index.js'
import type { FileServer } from './http/file-server.js'
import { machineRoute } from './http/machine-route.js'
import type { HttpRoute } from './http/route-table.js'
import { createSigner, type Signer, unsigned } from './hub/signer.js'
import type { Store } from './hub/store.js'
import { machineOperation } from './openapi/machine-operation.js'
import { portalOperation } from './openapi/portal-operation.js'
import { descriptionRoutes } from './openapi/routes.js'
import type { Clock, EmulatorOptions } from './options.js'
import type { MountedPortalEndpoint } from './portal/endpoint.js'
import { portalEndpoints } from './portal/endpoints/index.js'
import { portalRoute } from './portal/portal-route.js'
import { createRateLimiter, type RateLimiter } from './rate-limit/rate-limiter.js'

const thirtyDaysMs = 2_592_000_000

/** What the hub is made of. */
export interface HubParts {
  readonly store: Store
  readonly files: FileServer
  readonly clock: Clock
  /** Where the hub's base URL leads on its server. */
  readonly mountPath: string
}

/** Everything that the hub's server answers: both halves of the API, their description, and files. */
export function hubRoutes(
  options: EmulatorOptions,
  { store, files, clock, mountPath }: HubParts,
): readonly HttpRoute[] {
  const limiter = createRateLimiter(options.rateLimit ?? {}, clock)
  const limits = { limiter, limitBody: options.rateLimit?.body ?? 'slowapi' }
  const errorCodes = options.errorCodes ?? true
  const hub = { store, signer: signerOf(options, store), files }
  const lists = options.portalLists ?? 'array'
  const machine = machineHalf(options, limiter, mountPath)
  const portal = portalHalf(options, limiter, mountPath)
  return [
    ...machine.map((mounted) => machineRoute(mounted, { hub, limits, errorCodes })),
    ...portal.map((mounted) => portalRoute(mounted, { store, limits, errorCodes, lists })),
    ...descriptionRoutes(() => [...machine.map(machineOperation), ...portal.map(portalOperation)]),
    files.route,
  ]
}

function machineHalf({ routes }: EmulatorOptions, limiter: RateLimiter, mountPath: string): readonly MountedEndpoint[] {
  const table = { ...machineRoutes, ...routes }
  return machineEndpoints.map(([name, endpoint]) => {
    const route = table[name]
    return { name, path: `${mountPath}${route.path}`, route, limit: limiter.limitOf(route.category), endpoint }
  })
}

function portalHalf(
  { portalRoutes: routes }: EmulatorOptions,
  limiter: RateLimiter,
  mountPath: string,
): readonly MountedPortalEndpoint[] {
  const table = { ...portalRoutes, ...routes }
  return portalEndpoints.map(([name, endpoint]) => {
    const route = table[name]
    const limit = route.category === null ? null : limiter.limitOf(route.category)
    return { name, path: `${mountPath}${route.path}`, route, limit, endpoint }
  })
}

function signerOf({ signing, leaseMs }: EmulatorOptions, store: Store): Signer {
  if (signing === false) return unsigned
  return createSigner(() => {
    const [current] = store.read().signingKeys
    if (current === undefined) throw new RangeError('The hub has no signing key.')
    return current
  }, leaseMs ?? thirtyDaysMs)
}
