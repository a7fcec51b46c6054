import type * as v from 'valibot'
import {
  apiKeyCreationSchema,
  apiKeySchema,
  createdApiKeySchema,
  type WireApiKey,
} from '../../protocol/wire/portal/api-key.js'
import {
  emailRequestSchema,
  loginRequestSchema,
  loginSchema,
  messageSchema,
  refreshRequestSchema,
  refreshSchema,
  registerRequestSchema,
} from '../../protocol/wire/portal/auth.js'
import { clientCreationSchema, clientSchema, type WireClient } from '../../protocol/wire/portal/client.js'
import {
  bulkCreationSchema,
  bulkSchema,
  licenseCreationSchema,
  packCreditsSchema,
  portalLicenseSchema,
  usageSchema,
  type WirePortalLicense,
} from '../../protocol/wire/portal/license.js'
import { listSchema, pageSchema, type WireList, type WirePage } from '../../protocol/wire/portal/page.js'
import {
  createdWebhookSchema,
  type WireWebhook,
  webhookCreationSchema,
  webhookSchema,
} from '../../protocol/wire/portal/webhook.js'
import type { Schema } from '../../protocol/wire/primitives.js'

export const licensesSchema: Schema<WireList<WirePortalLicense>> = listSchema(portalLicenseSchema)
export const clientsSchema: Schema<WireList<WireClient>> = listSchema(clientSchema)
export const apiKeyPageSchema: Schema<WirePage<WireApiKey>> = pageSchema(apiKeySchema)
export const webhookPageSchema: Schema<WirePage<WireWebhook>> = pageSchema(webhookSchema)

/** Names under which the portal's schemas stand in the API description. */
export const portalSchemas: Readonly<Record<string, v.GenericSchema>> = {
  LoginRequest: loginRequestSchema,
  Login: loginSchema,
  RegisterRequest: registerRequestSchema,
  RefreshRequest: refreshRequestSchema,
  Refresh: refreshSchema,
  EmailRequest: emailRequestSchema,
  Message: messageSchema,
  PortalLicense: portalLicenseSchema,
  PortalLicenses: licensesSchema,
  LicenseCreation: licenseCreationSchema,
  BulkCreation: bulkCreationSchema,
  Bulk: bulkSchema,
  Usage: usageSchema,
  PackCredits: packCreditsSchema,
  Client: clientSchema,
  Clients: clientsSchema,
  ClientCreation: clientCreationSchema,
  ApiKey: apiKeySchema,
  ApiKeys: apiKeyPageSchema,
  ApiKeyCreation: apiKeyCreationSchema,
  CreatedApiKey: createdApiKeySchema,
  Webhook: webhookSchema,
  Webhooks: webhookPageSchema,
  WebhookCreation: webhookCreationSchema,
  CreatedWebhook: createdWebhookSchema,
}
