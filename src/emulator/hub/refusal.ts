import { type ErrorCode, errorStatus } from '../../protocol/wire/error.js'
import type { WireActivations } from '../../protocol/wire/license.js'
import { type PortalErrorCode, portalErrorStatus } from '../../protocol/wire/portal/error.js'

/** Every code of the hub: those of the machine-facing half and those of the portal. */
export type RefusalCode = ErrorCode | PortalErrorCode

export const refusalStatus: Readonly<Record<RefusalCode, number>> = { ...errorStatus, ...portalErrorStatus }

const details: Readonly<Record<RefusalCode, string>> = {
  invalid_key_format: 'Invalid license key format',
  license_not_found: 'License not found',
  product_not_found: 'Product not found',
  release_not_found: 'Release not found',
  component_not_found: 'Component not found',
  license_revoked: 'License has been revoked',
  license_expired: 'License has expired',
  activation_limit_reached: 'Activation limit reached',
  domain_not_activated: 'Domain is not activated',
  tier_not_entitled: 'License tier does not include this component',
  product_mismatch: 'License belongs to another product',
  email_exists: 'A client with this email already exists',
  expires_at_out_of_range: 'expires_at must be in the future, and for a client within one year',
  api_key_limit_reached: 'Maximum number of active API keys reached',
  invalid_credentials: 'Incorrect email or password',
  not_authenticated: 'Could not validate credentials',
  permission_denied: 'Not enough permissions',
  license_limit_reached: 'License limit reached',
  insufficient_credits: 'Not enough license credits',
  client_not_found: 'Client not found',
  api_key_not_found: 'API key not found',
  webhook_not_found: 'Webhook not found',
  activation_not_found: 'Activation not found',
  validation_error: 'Validation error',
  rate_limited: 'Rate limit exceeded',
}

/** The hub's own no: what an endpoint raises, and what becomes `{"detail", "code"}`. */
export class HubRefusal extends Error {
  override readonly name: string = 'HubRefusal'
  readonly code: RefusalCode
  readonly status: number
  readonly activations: WireActivations | undefined

  /** @param activations - Beside `activation_limit_reached`. */
  constructor(code: RefusalCode, activations?: WireActivations) {
    super(details[code])
    this.code = code
    this.activations = activations
    this.status = refusalStatus[code]
  }
}
