import type { PortalRefusal } from '../../../domain/portal/refusal.js'
import type { ErrorBook } from '../../response.js'
import { type PortalErrorCode, portalErrorStatus } from '../../wire/portal/error.js'

/** A code of the portal, or what a status says where there is neither a code nor a sentence that we know. */
export type PortalCode = PortalErrorCode | 'invalid_input'

/** The statuses are documented by FlavorTeam, the sentences are our assumption. */
export const portalErrors: ErrorBook<PortalCode> = {
  codes: { ...portalErrorStatus, invalid_input: 400 },
  sentences: [
    { status: 400, pattern: /e-?mail.*exist|exist.*e-?mail|already/i, code: 'email_exists' },
    { status: 400, pattern: /expir/i, code: 'expires_at_out_of_range' },
    { status: 400, pattern: /api keys?/i, code: 'api_key_limit_reached' },
    { status: 400, pattern: /^/, code: 'invalid_input' },
    { status: 401, pattern: /^/, code: 'not_authenticated' },
    { status: 403, pattern: /credit|pack/i, code: 'insufficient_credits' },
    { status: 403, pattern: /limit/i, code: 'license_limit_reached' },
    { status: 403, pattern: /^/, code: 'permission_denied' },
    { status: 404, pattern: /^license not found/i, code: 'license_not_found' },
    { status: 404, pattern: /^product not found/i, code: 'product_not_found' },
    { status: 404, pattern: /^(?:client|customer) not found/i, code: 'client_not_found' },
    { status: 404, pattern: /^api key not found/i, code: 'api_key_not_found' },
    { status: 404, pattern: /^webhook not found/i, code: 'webhook_not_found' },
    { status: 404, pattern: /^(?:activation|domain) not found/i, code: 'activation_not_found' },
    { status: 422, pattern: /^/, code: 'validation_error' },
  ],
}

interface Meaning {
  readonly reason: PortalRefusal
  /** The field that is wrong, by its name outside. */
  readonly fields?: readonly string[]
}

/** What a code means to a caller. `rate_limited` never comes as a refusal: 429 is a setback. */
export const portalMeaning: Readonly<Record<PortalCode, Meaning>> = {
  invalid_input: { reason: 'invalid-input' },
  validation_error: { reason: 'invalid-input' },
  email_exists: { reason: 'email-exists', fields: ['email'] },
  expires_at_out_of_range: { reason: 'expires-at-out-of-range', fields: ['expiresAt'] },
  api_key_limit_reached: { reason: 'api-key-limit-reached' },
  invalid_credentials: { reason: 'invalid-credentials', fields: ['email', 'password'] },
  not_authenticated: { reason: 'login-over' },
  permission_denied: { reason: 'permission-denied' },
  license_limit_reached: { reason: 'license-limit-reached' },
  insufficient_credits: { reason: 'insufficient-credits' },
  license_not_found: { reason: 'license-not-found', fields: ['id'] },
  product_not_found: { reason: 'product-not-found', fields: ['productId'] },
  client_not_found: { reason: 'client-not-found' },
  api_key_not_found: { reason: 'api-key-not-found', fields: ['id'] },
  webhook_not_found: { reason: 'webhook-not-found', fields: ['id'] },
  activation_not_found: { reason: 'activation-not-found', fields: ['domain'] },
  rate_limited: { reason: 'not-accepted' },
}

/**
 * The fields that a validation error names, as they are called outside. What does not look like a field's name is left
 * out: it could be something that was submitted, such as a license key.
 */
export function fieldNames(wireFields: readonly string[]): readonly string[] {
  const names = wireFields
    .map((field) => field.replace(/^(?:query|path|header)\./, ''))
    .filter((field) => /^[a-z][a-z0-9_]{0,39}(?:\.\d{1,6})?$/.test(field))
    .map((field) => field.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()))
  return [...new Set(names)]
}
