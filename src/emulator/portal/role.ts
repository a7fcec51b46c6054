import type { AccountType } from '../../protocol/wire/portal/auth.js'

/** Which accounts may do what. The developer's limit and who has clients and API keys are documented by FlavorTeam. */
export const everybody: readonly AccountType[] = ['customer', 'developer', 'reseller', 'agency']
export const licenseMakers: readonly AccountType[] = ['developer', 'reseller', 'agency']
export const merchants: readonly AccountType[] = ['reseller', 'agency']

/** How many licenses an account may have at once, NFR not counted; -1 is unlimited. */
export function licenseLimit(type: AccountType): number {
  switch (type) {
    case 'customer':
      return 0
    case 'developer':
      return 5
    case 'reseller':
    case 'agency':
      return -1
  }
}
