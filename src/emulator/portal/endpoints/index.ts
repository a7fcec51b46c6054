import type { PortalRouteName } from '../../../protocol/portal-routes.js'
import type { PortalEndpoint } from '../endpoint.js'
import { apiKeyCreateEndpoint, apiKeyListEndpoint, apiKeyRevokeEndpoint } from './api-key-endpoints.js'
import {
  forgotPasswordEndpoint,
  loginEndpoint,
  refreshEndpoint,
  registerEndpoint,
  resendVerificationEndpoint,
} from './auth-endpoints.js'
import {
  clientCreateEndpoint,
  clientDeleteEndpoint,
  clientLicensesEndpoint,
  clientListEndpoint,
} from './client-endpoints.js'
import {
  licenseCreateBulkEndpoint,
  licenseCreateEndpoint,
  licenseDeactivateDomainEndpoint,
  licenseDeleteEndpoint,
  licenseListEndpoint,
  licenseReactivateEndpoint,
  licenseRevokeEndpoint,
  licenseUsageEndpoint,
  packCreditsEndpoint,
} from './license-endpoints.js'
import { webhookCreateEndpoint, webhookDeleteEndpoint, webhookListEndpoint } from './webhook-endpoints.js'

/** The portal half of the hub. */
export const portalEndpoints: readonly (readonly [PortalRouteName, PortalEndpoint])[] = [
  ['login', loginEndpoint],
  ['register', registerEndpoint],
  ['refresh', refreshEndpoint],
  ['forgotPassword', forgotPasswordEndpoint],
  ['resendVerification', resendVerificationEndpoint],
  ['licenseList', licenseListEndpoint],
  ['licenseCreate', licenseCreateEndpoint],
  ['licenseCreateBulk', licenseCreateBulkEndpoint],
  ['licenseReactivate', licenseReactivateEndpoint],
  ['licenseRevoke', licenseRevokeEndpoint],
  ['licenseDelete', licenseDeleteEndpoint],
  ['licenseDeactivateDomain', licenseDeactivateDomainEndpoint],
  ['licenseUsage', licenseUsageEndpoint],
  ['packCredits', packCreditsEndpoint],
  ['clientList', clientListEndpoint],
  ['clientCreate', clientCreateEndpoint],
  ['clientDelete', clientDeleteEndpoint],
  ['clientLicenses', clientLicensesEndpoint],
  ['apiKeyCreate', apiKeyCreateEndpoint],
  ['apiKeyList', apiKeyListEndpoint],
  ['apiKeyRevoke', apiKeyRevokeEndpoint],
  ['webhookCreate', webhookCreateEndpoint],
  ['webhookList', webhookListEndpoint],
  ['webhookDelete', webhookDeleteEndpoint],
]
