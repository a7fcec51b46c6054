import type { UnknownReason, UnlicensedReason } from './verdict.js'

/** The sentences for the person in front of the product. */
export const verdictMessage: {
  readonly licensed: string
  readonly grace: Readonly<Record<'not-asked-yet' | 'expired' | 'undecided', string>>
  readonly unlicensed: Readonly<Record<UnlicensedReason, string>>
  readonly unknown: Readonly<Record<UnknownReason, string>>
  readonly checkAgain: string
} = {
  licensed: 'The license is active.',
  grace: {
    'not-asked-yet': 'The license works and is due to be checked again.',
    expired: 'The license has expired. Renew it soon to keep this product working.',
    undecided: 'The license works for now but could not be checked.',
  },
  unlicensed: {
    'not-activated': 'The license is not activated on this domain. Activate it here to use this product.',
    expired: 'The license has expired. Renew it to use this product.',
    revoked: 'The license has been revoked. Contact the seller if you think that this is a mistake.',
    deactivated: 'The license has been deactivated here. Enter a license key to use this product.',
    'grace-over':
      'The license could not be checked for too long. Connect this computer to the internet, then check it again.',
    clock:
      'The clock of this computer runs behind. Set the date and time, or connect this computer to the internet, then ' +
      'check the license again.',
  },
  unknown: {
    'not-checked': 'The license has not been checked yet.',
    'no-record': 'No license has been activated here yet. Enter a license key to activate this product.',
    'record-unreadable':
      'The license on this computer could not be read. Enter the license key again to restore it; this takes no ' +
      'further activation.',
    'proof-missing': 'The license could not be confirmed yet.',
  },
  checkAgain: 'Check it again.',
}
