/** What an account is, and with it what it may do (documented by FlavorTeam). */
export type AccountType = 'customer' | 'developer' | 'reseller' | 'agency'

/** Who is logged in to the portal. */
export interface PortalAccount {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly type: AccountType
}

/** What a login gave, and what keeps it going. */
export interface PortalTokens {
  readonly accessToken: string
  readonly refreshToken: string
  /** From when on the next access token is asked for, by the clock of this machine; epoch milliseconds. */
  readonly renewAt: number
  /** `null` where the login was made elsewhere: a refresh does not say whose it is. */
  readonly account: PortalAccount | null
  /** Which credentials they were had with, as a digest. Tokens of one account are never used for another. */
  readonly subject: string
}
