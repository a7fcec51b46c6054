import type { RefusalReason } from '../../domain/license/refusal.js'
import type { ErrorCode } from '../../protocol/wire/error.js'

const reasons: Readonly<Partial<Record<ErrorCode, RefusalReason>>> = {
  invalid_key_format: 'invalid-key',
  license_not_found: 'not-found',
  license_expired: 'expired',
  license_revoked: 'revoked',
  activation_limit_reached: 'limit-reached',
  product_mismatch: 'wrong-product',
  product_not_found: 'wrong-product',
  domain_not_activated: 'not-activated',
  tier_not_entitled: 'not-entitled',
}

/** What a refusal of the hub means to a customer, or `undefined` when it means nothing to them. */
export function refusalOf(code: ErrorCode | null): RefusalReason | undefined {
  return code === null ? undefined : reasons[code]
}
