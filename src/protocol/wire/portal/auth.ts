import * as v from 'valibot'
import { countSchema, type Schema, textSchema } from '../primitives.js'

/** What an account is, and with it what it may do (documented by FlavorTeam). */
export type AccountType = 'customer' | 'developer' | 'reseller' | 'agency'

export const accountTypes: readonly AccountType[] = ['customer', 'developer', 'reseller', 'agency']

/** How long an access token lives (documented by FlavorTeam). */
export const accessTokenLifetimeMs = 1_800_000

/** The shortest password that an account may have, in characters (documented by FlavorTeam). */
export const shortestPassword = 8

/** Body of `/portal/auth/login` (documented by FlavorTeam). */
export interface WireLoginRequest {
  readonly email: string
  readonly password: string
}

export const loginRequestSchema: Schema<WireLoginRequest> = v.object({ email: textSchema, password: textSchema })

export interface WireAccount {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly type: AccountType
}

export const accountSchema: Schema<WireAccount> = v.object({
  id: countSchema,
  email: textSchema,
  name: textSchema,
  type: v.picklist(accountTypes),
})

/** Answer of `/portal/auth/login` (documented by FlavorTeam). */
export interface WireLogin {
  readonly access_token: string
  readonly refresh_token: string
  readonly user: WireAccount
}

export const loginSchema: Schema<WireLogin> = v.object({
  access_token: textSchema,
  refresh_token: textSchema,
  user: accountSchema,
})

/** Body of `/portal/auth/refresh` (documented by FlavorTeam). */
export interface WireRefreshRequest {
  readonly refresh_token: string
}

export const refreshRequestSchema: Schema<WireRefreshRequest> = v.object({ refresh_token: textSchema })

/** Answer of `/portal/auth/refresh` (assumed). Without a refresh token the one that was sent stays good. */
export interface WireRefresh {
  readonly access_token: string
  readonly refresh_token?: string
}

export const refreshSchema: Schema<WireRefresh> = v.object({
  access_token: textSchema,
  refresh_token: v.exactOptional(textSchema),
})

/** Body of `/portal/auth/register` (assumed). */
export interface WireRegisterRequest {
  readonly email: string
  readonly password: string
  readonly name: string
}

export const registerRequestSchema: Schema<WireRegisterRequest> = v.object({
  email: textSchema,
  password: textSchema,
  name: textSchema,
})

/** Body of `/portal/auth/forgot-password` and `/portal/auth/resend-verification` (assumed). */
export interface WireEmailRequest {
  readonly email: string
}

export const emailRequestSchema: Schema<WireEmailRequest> = v.object({ email: textSchema })

/** Answer where an account must not be given away (assumed): the same whether the address is known or not. */
export interface WireMessage {
  readonly message: string
}

export const messageSchema: Schema<WireMessage> = v.object({ message: textSchema })
