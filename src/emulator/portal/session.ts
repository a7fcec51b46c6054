import { randomBytes } from 'node:crypto'
import type { HubState } from '../hub/state.js'
import { secretHash } from './secret-hash.js'
import { withNewId, withPortal } from './state.js'

/** One link of a login's chain of refresh tokens. The token itself is not kept: who reads the state cannot use it. */
export interface RefreshToken {
  readonly hash: string
  readonly accountId: number
  /** Shared by all that one login led to. */
  readonly family: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
  /** Kept until it expires, so that a second use is recognized. */
  readonly used: boolean
}

/** How long a login lasts without being used. */
const refreshTokenLifetimeMs = 30 * 86_400_000

export interface Renewal {
  readonly state: HubState
  readonly refreshToken: string
  readonly accountId: number
}

/** The first refresh token of a login. */
export function openSession(state: HubState, accountId: number, now: number): Renewal {
  const [numbered, family] = withNewId(state)
  return issued(numbered, { accountId, family }, now)
}

/**
 * The next refresh token of a login, or the state without the login. A token that is used twice is in two hands, and
 * nobody can tell which one stole it: the whole chain ends (RFC 9700, section 4.14.2).
 */
export function renewSession(state: HubState, token: string, now: number): Renewal | { readonly refused: HubState } {
  const hash = secretHash(token)
  const present = state.portal.refreshTokens.find((candidate) => candidate.hash === hash)
  if (present === undefined || present.expiresAt <= now) return { refused: state }
  if (present.used) return { refused: withTokens(state, ({ family }) => family !== present.family) }
  const spent = { ...present, used: true }
  const tokens = state.portal.refreshTokens.map((candidate) => (candidate === present ? spent : candidate))
  return issued(withPortal(state, { refreshTokens: tokens }), present, now)
}

function issued(state: HubState, login: Pick<RefreshToken, 'accountId' | 'family'>, now: number): Renewal {
  const refreshToken = randomBytes(32).toString('base64url')
  const { accountId, family } = login
  const issuedToken: RefreshToken = {
    hash: secretHash(refreshToken),
    accountId,
    family,
    expiresAt: now + refreshTokenLifetimeMs,
    used: false,
  }
  const alive = withTokens(state, ({ expiresAt }) => expiresAt > now)
  const refreshTokens = [...alive.portal.refreshTokens, issuedToken]
  return { state: withPortal(alive, { refreshTokens }), refreshToken, accountId }
}

function withTokens(state: HubState, keep: (token: RefreshToken) => boolean): HubState {
  return withPortal(state, { refreshTokens: state.portal.refreshTokens.filter(keep) })
}
