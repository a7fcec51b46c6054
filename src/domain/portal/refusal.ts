/** Why the portal said no, or was not asked. Stable: programs may rely on these strings. */
export type PortalRefusal =
  | 'invalid-input'
  | 'email-exists'
  | 'expires-at-out-of-range'
  | 'api-key-limit-reached'
  | 'confirmation-required'
  | 'invalid-credentials'
  | 'login-required'
  | 'login-over'
  | 'api-key-rejected'
  | 'permission-denied'
  | 'license-limit-reached'
  | 'insufficient-credits'
  | 'license-not-found'
  | 'product-not-found'
  | 'client-not-found'
  | 'api-key-not-found'
  | 'webhook-not-found'
  | 'activation-not-found'
  | 'not-accepted'

/** The sentence for whoever reads the log of an automation, or sits in front of a terminal. */
export const portalRefusalMessage: Readonly<Record<PortalRefusal, string>> = {
  'invalid-input': 'Some of the input is not valid. Correct it, then try again.',
  'email-exists': 'There is an account with this e-mail address already. Look for it in the list of clients.',
  'expires-at-out-of-range': 'The end of the license is out of range: in the future, and for a client within one year.',
  'api-key-limit-reached': 'This account has as many API keys as it may have. Revoke one that is not used any more.',
  'confirmation-required': 'Deleting a client revokes all its licenses and cannot be undone. Confirm that you mean it.',
  'invalid-credentials':
    'The portal does not accept this e-mail address and password. Compare them, then log in again.',
  'login-required': 'Nobody is logged in. Log in with an e-mail address and a password.',
  'login-over': 'The login is over: it ended, or was ended elsewhere. Log in again.',
  'api-key-rejected':
    'The portal does not accept this API key: it was revoked, or belongs to another hub. Log in and create a new one.',
  'permission-denied':
    'This account may not do this. Clients, API keys and bulk orders are for resellers and agencies; log in with such ' +
    'an account.',
  'license-limit-reached': 'This account has as many licenses as it may have. Delete one, or ask for a higher limit.',
  'insufficient-credits': 'The license packs of this account do not cover this. Buy another pack, or order fewer.',
  'license-not-found': 'This account has no such license. Compare the id with the list of licenses.',
  'product-not-found': 'There is no such product. Compare the id with the product of a license in the list.',
  'client-not-found': 'This account has no such client. Compare the id with the list of clients.',
  'api-key-not-found': 'This account has no such API key. It may have been revoked already.',
  'webhook-not-found': 'This account has no such webhook. It may have been deleted already.',
  'activation-not-found': 'The license is not activated on this domain.',
  'not-accepted': 'The portal does not accept this request, for a reason that this version does not know.',
}

/** What the portal takes from a login alone. */
export function loginNeededMessage(what: string): string {
  return `An API key cannot be used to ${what}. Log in with an e-mail address and a password for that.`
}

/** What is wrong with the input, by the names of its fields. Never what was submitted. */
export function invalidInputMessage(fields: readonly string[]): string {
  if (fields.length === 0) return portalRefusalMessage['invalid-input']
  const named = fields.join(', ')
  return fields.length === 1
    ? `The value of ${named} is not valid. Correct it, then try again.`
    : `The values of ${named} are not valid. Correct them, then try again.`
}

/** Why nobody is logged in for the time being. */
export const loginHeldBackMessage: string =
  'There have been too many logins of late, on this machine or behind the same address. Wait, then try again; programs ' +
  'that share a token store log in once.'
