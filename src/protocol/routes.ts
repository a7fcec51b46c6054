/**
 * The one table of what the hub offers: paths, methods, budgets.
 *
 * The categories and their limits are documented by FlavorTeam, and so are most paths of the portal. The machine-facing
 * paths are our assumption, which is why every one of them can be replaced through the `hub.routes` option.
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

/** Where the portal answers a kind of request. */
export interface PortalRoute {
  readonly method: 'GET' | 'POST' | 'DELETE'
  /** Appended to the hub's base URL. `{id}` and `{domain}` stand for one segment each. */
  readonly path: string
  /** `null`: no limit is documented. */
  readonly category: Category | null
  /** Whether an API key is accepted in place of a login. */
  readonly apiKey: boolean
}

/** What the portal is asked, by the names that the `hub.routes` option takes. */
export type PortalRouteName =
  | 'login'
  | 'register'
  | 'refresh'
  | 'forgotPassword'
  | 'resendVerification'
  | 'licenseList'
  | 'licenseCreate'
  | 'licenseCreateBulk'
  | 'licenseReactivate'
  | 'licenseRevoke'
  | 'licenseDelete'
  | 'licenseDeactivateDomain'
  | 'licenseUsage'
  | 'packCredits'
  | 'clientList'
  | 'clientCreate'
  | 'clientDelete'
  | 'clientLicenses'
  | 'apiKeyCreate'
  | 'apiKeyList'
  | 'apiKeyRevoke'
  | 'webhookCreate'
  | 'webhookList'
  | 'webhookDelete'

export type PortalRouteTable = Readonly<Record<PortalRouteName, PortalRoute>>

const portal = (method: PortalRoute['method'], path: string, category: Category | null = null): PortalRoute => ({
  method,
  path: `/portal${path}`,
  category,
  apiKey: false,
})

/** FlavorTeam documents exactly eight of these. */
const withApiKey = (route: PortalRoute): PortalRoute => ({ ...route, apiKey: true })

/** Documented by FlavorTeam, but for the lines that say assumed. */
export const portalRoutes: PortalRouteTable = {
  login: portal('POST', '/auth/login', 'login'),
  register: portal('POST', '/auth/register', 'login'), // assumed
  refresh: portal('POST', '/auth/refresh', 'refresh'),
  forgotPassword: portal('POST', '/auth/forgot-password', 'password'), // assumed
  resendVerification: portal('POST', '/auth/resend-verification', 'password'), // assumed
  licenseList: withApiKey(portal('GET', '/licenses')),
  licenseCreate: withApiKey(portal('POST', '/licenses')),
  licenseCreateBulk: withApiKey(portal('POST', '/licenses/bulk')),
  licenseReactivate: withApiKey(portal('POST', '/licenses/{id}/reactivate')),
  licenseRevoke: portal('POST', '/licenses/{id}/revoke'), // assumed
  licenseDelete: portal('DELETE', '/licenses/{id}'), // assumed
  licenseDeactivateDomain: portal('DELETE', '/licenses/{id}/activations/{domain}'), // assumed
  licenseUsage: portal('GET', '/licenses/usage'),
  packCredits: portal('GET', '/licenses/pack-credits'),
  clientList: withApiKey(portal('GET', '/clients')),
  clientCreate: withApiKey(portal('POST', '/clients')),
  clientDelete: withApiKey(portal('DELETE', '/clients/{id}')),
  clientLicenses: withApiKey(portal('GET', '/clients/{id}/licenses')),
  apiKeyCreate: portal('POST', '/api-keys'),
  apiKeyList: portal('GET', '/api-keys'), // assumed
  apiKeyRevoke: portal('DELETE', '/api-keys/{id}'),
  webhookCreate: portal('POST', '/webhooks'),
  webhookList: portal('GET', '/webhooks'), // assumed
  webhookDelete: portal('DELETE', '/webhooks/{id}'), // assumed
}
