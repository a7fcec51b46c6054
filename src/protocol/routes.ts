/**
 * The one table of what the hub offers to products: paths, methods, budgets. What it offers to people stands beside it.
 *
 * The categories and their limits are documented by FlavorTeam. The paths are our assumption, which is why every one of
 * them can be replaced through the `hub.routes` option.
 */

/** A group of endpoints that share one request budget at the hub (documented by FlavorTeam). */
export type Category =
  | 'login'
  | 'password'
  | 'refresh'
  | 'activation'
  | 'verify'
  | 'update'
  | 'download'
  | 'component'
  | 'component-download'

/** At most `limit` requests in any window of `windowMs` milliseconds. */
export interface RateLimit {
  readonly limit: number
  readonly windowMs: number
}

const perMinute = (limit: number): RateLimit => ({ limit, windowMs: 60_000 })

export const rateLimits: Readonly<Record<Category, RateLimit>> = {
  login: perMinute(5),
  password: perMinute(3),
  refresh: perMinute(10),
  activation: perMinute(10),
  verify: perMinute(30),
  update: perMinute(30),
  download: perMinute(5),
  component: perMinute(30),
  'component-download': perMinute(100),
}

/** Where the hub answers a kind of request, and out of which budget. */
export interface Route {
  readonly method: 'POST'
  /** Appended to the hub's base URL. `{slug}` stands for a component's slug. */
  readonly path: string
  readonly category: Category
}

/**
 * What a product asks the hub, by the names that `hub.routes` takes. That each exists is documented by FlavorTeam; its
 * path is our assumption.
 */
export type RouteName =
  | 'activate'
  | 'verify'
  | 'deactivate'
  | 'updateCheck'
  | 'updateInfo'
  | 'updateDownload'
  | 'componentList'
  | 'componentAvailable'
  | 'componentCheck'
  | 'componentDownload'

export type RouteTable = Readonly<Record<RouteName, Route>>

/** The key travels in the body of a POST, never in a URL: URLs end up in the logs of proxies. */
const post = (path: string, category: Category): Route => ({ method: 'POST', path, category })

export const machineRoutes: RouteTable = {
  activate: post('/license/activate', 'activation'),
  verify: post('/license/verify', 'verify'),
  deactivate: post('/license/deactivate', 'activation'),
  updateCheck: post('/update/check', 'update'),
  updateInfo: post('/update/info', 'update'),
  updateDownload: post('/update/download', 'download'),
  componentList: post('/components/list', 'component'),
  componentAvailable: post('/components/available', 'component'),
  componentCheck: post('/components/check', 'component'),
  componentDownload: post('/components/{slug}/download', 'component-download'),
}
