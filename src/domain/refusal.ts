/** Why the hub said no to an activation or to an update. Stable: products may rely on these strings. */
export type RefusalReason =
  | 'invalid-key'
  | 'not-found'
  | 'expired'
  | 'revoked'
  | 'limit-reached'
  | 'wrong-product'
  | 'not-activated'
  | 'not-entitled'

export const activationRefusals = [
  'invalid-key',
  'not-found',
  'expired',
  'revoked',
  'limit-reached',
  'wrong-product',
] as const

/** Why an activation is refused. */
export type ActivationRefusal = (typeof activationRefusals)[number]

export const updateRefusals = [
  'not-activated',
  'not-found',
  'expired',
  'revoked',
  'wrong-product',
  'not-entitled',
] as const

/** Why an update check is refused. */
export type UpdateRefusal = (typeof updateRefusals)[number]

/** The sentence for the person in front of the product. */
export const refusalMessage: Readonly<Record<RefusalReason, string>> = {
  'invalid-key':
    'This is not a license key. A key looks like FLVR-XXXX-XXXX-XXXX-XXXX; copy it from the order confirmation.',
  'not-found': 'This license key does not exist. Compare it with the order confirmation.',
  expired: 'This license has expired. Renew it, then try again.',
  revoked: 'This license has been revoked. Contact the seller if you think that this is a mistake.',
  'limit-reached':
    'This license is already active on as many domains as it allows. Deactivate one of them, or choose a larger license.',
  'wrong-product': 'This license key is for another product. Use the key that came with this one.',
  'not-activated': 'No license is active on this domain. Activate one first.',
  'not-entitled': 'This license does not include this. A larger license does.',
}
