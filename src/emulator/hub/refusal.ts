import { type ErrorCode, errorStatus } from '../../protocol/wire/error.js'

const details: Readonly<Record<ErrorCode, string>> = {
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
  validation_error: 'Validation error',
  rate_limited: 'Rate limit exceeded',
}

/** The hub's own no: what an endpoint raises, and what becomes `{"detail", "code"}`. */
export class HubRefusal extends Error {
  override readonly name: string = 'HubRefusal'
  readonly code: ErrorCode
  readonly status: number

  constructor(code: ErrorCode) {
    super(details[code])
    this.code = code
    this.status = errorStatus[code]
  }
}
