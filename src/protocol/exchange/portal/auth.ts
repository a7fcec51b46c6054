import type { PortalAccount } from '../../../domain/portal/account.js'
import { loginSchema, refreshSchema, type WireLoginRequest, type WireRefreshRequest } from '../../wire/portal/auth.js'
import { type PortalReader, readItem } from './reading.js'

/** What a login or a refresh gives. */
export interface GrantAnswer {
  readonly accessToken: string
  /** `null`: the one that was sent stays good. */
  readonly refreshToken: string | null
  /** `null` after a refresh, which does not say whose it is. */
  readonly account: PortalAccount | null
}

export function buildLoginRequest(email: string, password: string): WireLoginRequest {
  return { email, password }
}

export function buildRefreshRequest(refreshToken: string): WireRefreshRequest {
  return { refresh_token: refreshToken }
}

export const readLoginResponse: PortalReader<GrantAnswer> = readItem(loginSchema, (login) => ({
  accessToken: login.access_token,
  refreshToken: login.refresh_token,
  account: login.user,
}))

export const readRefreshResponse: PortalReader<GrantAnswer> = readItem(refreshSchema, (refresh) => ({
  accessToken: refresh.access_token,
  refreshToken: refresh.refresh_token ?? null,
  account: null,
}))
