/**
 * The portal, for resellers, agencies and their automation.
 *
 * @module flavor-license/portal
 */
export { fileTokenStore } from '../adapters/file-token-store.js'
export { memoryTokenStore } from '../adapters/memory-token-store.js'
export { FlavorLicenseError, isFlavorLicenseError, type MisuseCode } from '../domain/errors.js'
export type { Deferred } from '../domain/license/outcome.js'
export type { SetbackReason } from '../domain/license/setback.js'
export type { AccountType, PortalAccount } from '../domain/portal/account.js'
export type { ApiKey, CreatedApiKey } from '../domain/portal/api-key.js'
export type { ClientOrder, PortalClientAccount } from '../domain/portal/client.js'
export type {
  LicenseFilter,
  LicenseOrder,
  LicensePack,
  LicenseUsage,
  PackCredits,
  PortalLicense,
  PortalLicenseSource,
  PortalLicenseStatus,
} from '../domain/portal/license.js'
export { isListInterrupted, ListInterruptedError } from '../domain/portal/list-interrupted.js'
export type {
  Changed,
  ChangeOutcome,
  CreateBulkOutcome,
  Created,
  CreatedAll,
  CreatedInPart,
  CreateOutcome,
  FindOutcome,
  Found,
  Gone,
  Listed,
  ListedPage,
  ListOutcome,
  LoggedIn,
  LoggedOut,
  NotDone,
  OrderedItem,
  PageOutcome,
  PortalRefused,
  RemoveOutcome,
  Uncertain,
} from '../domain/portal/outcome.js'
export type { PortalRefusal } from '../domain/portal/refusal.js'
export type {
  CreatedWebhook,
  Webhook,
  WebhookEvent,
  WebhookEventName,
  WebhookLicense,
  WebhookOrder,
} from '../domain/portal/webhook.js'
export type { TokenStore } from '../ports/token-store.js'
export type { RateLimit } from '../protocol/routes.js'
export type { PortalApiKeys } from './api-keys.js'
export type { DeleteClientOptions, PortalClients } from './clients.js'
export { createPortalClient } from './create-portal-client.js'
export type { BulkOrder, PortalLicenses } from './licenses.js'
export type { PortalAuth, PortalCallOptions, PortalClientOptions, PortalHubOptions } from './options.js'
export type { PageOptions, PortalList } from './paged-list.js'
export type { PortalClient } from './portal-client.js'
export { type Reverifiable, reverifyOnWebhook } from './reverify-on-webhook.js'
export type { PortalCategory, PortalRouteName } from './settings.js'
export {
  type RawDelivery,
  type RequestDelivery,
  verifyWebhook,
  type WebhookHeaders,
  type WebhookOutcome,
  type WebhookRejection,
} from './verify-webhook.js'
export type { PortalWebhooks } from './webhooks.js'
