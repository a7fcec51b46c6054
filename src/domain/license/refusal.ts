/** Why an activation is refused. Stable: products may rely on these strings. */
export type ActivationRefusal = 'invalid-key' | 'not-found' | 'expired' | 'revoked' | 'limit-reached' | 'wrong-product'

/** Why an update check is refused. Stable: products may rely on these strings. */
export type UpdateRefusal =
  | 'not-activated'
  | 'not-found'
  | 'expired'
  | 'revoked'
  | 'wrong-product'
  | 'not-entitled'
  | 'offline-license'

/** Why the hub said no to an activation or to an update. */
export type RefusalReason = ActivationRefusal | UpdateRefusal

export const activationRefusals: readonly ActivationRefusal[] = [
  'invalid-key',
  'not-found',
  'expired',
  'revoked',
  'limit-reached',
  'wrong-product',
]

export const updateRefusals: readonly UpdateRefusal[] = [
  'not-activated',
  'not-found',
  'expired',
  'revoked',
  'wrong-product',
  'not-entitled',
  'offline-license',
]

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
  'offline-license':
    'This license was installed from a file and asks no server. Ask the seller for updates as files, or activate a ' +
    'license key.',
}

/** Why a license file is refused. Stable: products may rely on these strings. */
export type OfflineRefusal =
  | 'no-trusted-keys'
  | 'invalid-token'
  | 'wrong-hub'
  | 'wrong-product'
  | 'wrong-domain'
  | 'wrong-installation'
  | 'not-active'
  | 'expired'
  | 'outdated'
  | 'from-the-future'

/** The sentence for the person in front of the product. */
export const offlineRefusalMessage: Readonly<Record<OfflineRefusal, string>> = {
  'no-trusted-keys':
    'This product cannot check license files, since it knows no key of the seller. Contact its author.',
  'invalid-token': 'This is not a license file of the seller, or it is damaged. Copy it again, or ask for a new one.',
  'wrong-hub': 'This license file is for another license server than the one that this product asks.',
  'wrong-product': 'This license file is for another product.',
  'wrong-domain': 'This license file is for another domain. Ask the seller for one for this domain.',
  'wrong-installation': 'This license file is for another installation. Ask the seller for one for this installation.',
  'not-active': 'This license file says that the license is not active. Contact the seller.',
  expired: 'This license file has expired. Ask the seller for a new one.',
  outdated: 'The license server has said something newer about this license. Ask the seller for a new license file.',
  'from-the-future': 'This license file was issued later than now. Set the date and time of this computer.',
}
