import type { Category } from './routes.js'

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
