import type { AccountType } from '../../protocol/wire/portal/auth.js'
import type { HubState } from '../hub/state.js'
import { withNewId, withPortal } from './state.js'

/** Who may log in to the portal. */
export interface Account {
  readonly id: number
  /** In lower case. */
  readonly email: string
  readonly name: string
  readonly type: AccountType
  /** What `hashPassword` made of the password. */
  readonly passwordHash: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

export function accountWithEmail({ portal }: HubState, email: string): Account | undefined {
  return portal.accounts.find((account) => account.email === email.toLowerCase())
}

/** Whoever registers is a customer; what else an account may be is the vendor's to say. */
export function withNewAccount(
  state: HubState,
  { email, name, passwordHash }: Pick<Account, 'email' | 'name' | 'passwordHash'>,
  now: number,
): HubState {
  const [numbered, id] = withNewId(state)
  const account: Account = { id, email: email.toLowerCase(), name, type: 'customer', passwordHash, createdAt: now }
  return withPortal(numbered, { accounts: [...state.portal.accounts, account] })
}
