import type { PortalRouteName } from '../../protocol/portal-routes.js'
import type { Category, RouteName } from '../../protocol/routes.js'
import type { Exchange } from './exchange.js'

/** An endpoint of the hub's contract. */
export type EndpointName = RouteName | PortalRouteName

export type PathParameters = Readonly<Record<string, string>>

/** The hub's endpoints, and its host of files. */
export type ServedRoute = RouteName | PortalRouteName | 'files'

/** One method on one path. */
export interface HttpRoute {
  /** `null` for what is no endpoint of the hub's contract, such as the documentation. */
  readonly name: ServedRoute | null
  readonly category: Category | null
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** From the root of the server. `{name}` stands for one path segment. */
  readonly path: string
  handle(exchange: Exchange, parameters: PathParameters): Promise<Response>
}

export type Match =
  | { readonly kind: 'route'; readonly route: HttpRoute; readonly parameters: PathParameters }
  | { readonly kind: 'other-method'; readonly allow: string }
  | { readonly kind: 'trailing-slash'; readonly path: string }
  | { readonly kind: 'nothing' }

export type RouteMatcher = (method: string, path: string) => Match

/** Paths match exactly; one slash too many or too few is answered with a redirect, as Starlette does. */
export function createRouteMatcher(routes: readonly HttpRoute[]): RouteMatcher {
  const patterns = routes.map((route) => ({ route, pattern: patternOf(route.path) }))
  const matching = (path: string) =>
    patterns.flatMap(({ route, pattern }) => {
      const match = pattern.exec(path)
      return match === null ? [] : [{ route, parameters: decoded(match.groups) }]
    })
  return (method, path) => {
    const found = matching(path)
    const exact = found.find(({ route }) => answers(route, method))
    if (exact !== undefined) return { kind: 'route', ...exact }
    if (found.length > 0) return { kind: 'other-method', allow: found.map(({ route }) => allowed(route)).join(', ') }
    const corrected = path.endsWith('/') ? path.slice(0, -1) : `${path}/`
    return matching(corrected).length > 0 ? { kind: 'trailing-slash', path: corrected } : { kind: 'nothing' }
  }
}

/** What is no percent-encoding stands for itself, as Starlette reads it. */
function decoded(groups: PathParameters = {}): PathParameters {
  return Object.fromEntries(
    Object.entries(groups).map(([name, value]) => {
      try {
        return [name, decodeURIComponent(value)]
      } catch {
        return [name, value]
      }
    }),
  )
}

function answers(route: HttpRoute, method: string): boolean {
  return route.method === method || (route.method === 'GET' && method === 'HEAD')
}

function allowed(route: HttpRoute): string {
  return route.method === 'GET' ? 'GET, HEAD' : route.method
}

function patternOf(path: string): RegExp {
  const source = path
    .split(/(\{\w+\})/)
    .map((part) =>
      part.startsWith('{') ? `(?<${part.slice(1, -1)}>[^/]+)` : part.replace(/[.*+?^$()|[\]\\]/g, '\\$&'),
    )
  return new RegExp(`^${source.join('')}$`)
}
