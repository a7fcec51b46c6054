import type { AccountType } from '../../protocol/wire/portal/auth.js'

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

/** A pack of licenses that a reseller or an agency paid in advance. */
export interface Pack {
  readonly id: number
  readonly ownerId: number
  readonly size: number
  readonly bundle: string | null
  readonly used: number
  /** Epoch milliseconds: the oldest pack is used first. */
  readonly boughtAt: number
}

/** Whom a reseller or an agency makes licenses for. */
export interface Client {
  readonly id: number
  readonly ownerId: number
  /** In lower case. */
  readonly email: string
  readonly name: string
  readonly company: string | null
}
