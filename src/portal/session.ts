import { digestText } from '../asking/digest.js'
import { singleFlight } from '../asking/single-flight.js'
import type { PortalTokens } from '../domain/portal/account.js'
import type { LoggedIn, LoggedOut, NotDone, PortalRefused } from '../domain/portal/outcome.js'
import { loginHeldBackMessage } from '../domain/portal/refusal.js'
import type { Clock } from '../ports/clock.js'
import type { Hash } from '../ports/hash.js'
import type { TokenStore } from '../ports/token-store.js'
import { accessTokenExpiry } from '../protocol/access-token.js'
import {
  buildLoginRequest,
  buildRefreshRequest,
  type GrantAnswer,
  readLoginResponse,
  readRefreshResponse,
} from '../protocol/exchange/portal/auth.js'
import type { CallTerms, HubLine } from './hub-line.js'
import { type PortalReply, refused } from './outcomes.js'
import type { Credentials, PortalSettings } from './settings.js'
import { createTokenShelf } from './token-shelf.js'

export type Access =
  | { readonly ok: true; readonly tokens: PortalTokens }
  | { readonly ok: false; readonly outcome: NotDone }

/** The login of an account: made when first needed, kept going, and made again when it is over. */
export interface Session {
  /**
   * Tokens to ask with.
   *
   * @param rejected - An access token that the hub has just turned down, or `null`.
   */
  access(rejected: string | null, terms: CallTerms): Promise<Access>
  /** Logs in whether or not there is a login already. */
  login(terms: CallTerms): Promise<LoggedIn | NotDone>
  /** Forgets the login on this machine. The portal has no way to end it there. */
  logout(): Promise<LoggedOut>
}

interface SessionPorts {
  readonly line: HubLine
  readonly tokens: TokenStore
  readonly clock: Clock
  readonly hash: Hash
}

type LoginCredentials = Exclude<Credentials, { readonly kind: 'api-key' }>

/** At the login, a 401 is about what was sent. */
const wrongCredentials: PortalRefused = { ...refused('invalid-credentials'), fields: ['email', 'password'] }

/** A token is renewed this long before it is over, so that none ends on its way. Of a short life, half is used. */
const skewMs = 60_000

export function createSession(
  { hub }: PortalSettings,
  credentials: LoginCredentials,
  { line, tokens: store, clock, hash }: SessionPorts,
): Session {
  const subject = subjectOf(credentials, hash)
  const shelf = createTokenShelf(store, `portal-v1-${digestText(hash, hub).slice(0, 16)}`, subject)
  /** What the hub has said about these credentials for good: asking again would only use up the login budget. */
  let hopeless: PortalRefused | undefined

  const isUsable = (tokens: PortalTokens | undefined, rejected: string | null): tokens is PortalTokens =>
    tokens !== undefined && tokens.accessToken !== rejected && clock.now() < tokens.renewAt

  async function keep(
    { answer, receivedAt }: { readonly answer: GrantAnswer; readonly receivedAt: number },
    before: Pick<PortalTokens, 'refreshToken' | 'account'>,
  ): Promise<Access> {
    const lifetimeMs = accessTokenExpiry(answer.accessToken, receivedAt) - receivedAt
    const tokens: PortalTokens = {
      accessToken: answer.accessToken,
      refreshToken: answer.refreshToken ?? before.refreshToken,
      renewAt: receivedAt + Math.max(lifetimeMs - skewMs, lifetimeMs / 2),
      account: answer.account ?? before.account,
      subject: subject ?? '',
    }
    await shelf.put(tokens)
    return { ok: true, tokens }
  }

  async function logIn(terms: CallTerms): Promise<Access> {
    if (hopeless) return { ok: false, outcome: hopeless }
    if (credentials.kind !== 'password') return giveUp()
    const { email, password } = credentials
    const body = buildLoginRequest(email, password)
    const reply = await line({ route: 'login', body, read: readLoginResponse }, {}, terms)
    if (reply.ok) return keep(reply, { refreshToken: '', account: null })
    if (reply.outcome.outcome === 'refused') {
      hopeless = reply.outcome.reason === 'login-over' ? wrongCredentials : reply.outcome
    }
    return { ok: false, outcome: hopeless ?? heldBack(reply) }
  }

  async function giveUp(): Promise<Access> {
    if (credentials.kind === 'stored') return { ok: false, outcome: refused('login-required') }
    hopeless = refused('login-over')
    return { ok: false, outcome: hopeless }
  }

  async function refresh(before: Pick<PortalTokens, 'refreshToken' | 'account'>, terms: CallTerms): Promise<Access> {
    const body = buildRefreshRequest(before.refreshToken)
    const reply = await line({ route: 'refresh', body, read: readRefreshResponse }, {}, terms)
    if (reply.ok) return keep(reply, before)
    if (reply.outcome.outcome === 'deferred') return { ok: false, outcome: heldBack(reply) }
    await shelf.clear()
    return logIn(terms)
  }

  async function renew(rejected: string | null, terms: CallTerms): Promise<Access> {
    // Another program, or another call, may have brought new tokens meanwhile.
    const known = await shelf.get()
    if (isUsable(known, rejected)) return { ok: true, tokens: known }
    if (known) return refresh(known, terms)
    if (credentials.kind === 'refresh-token' && !hopeless) return refresh({ ...credentials, account: null }, terms)
    return logIn(terms)
  }

  const renewal = singleFlight(({ rejected, endsAt }: CallTerms & { readonly rejected: string | null }, signal) =>
    shelf.takeTurn(() => renew(rejected, { endsAt, signal })),
  )

  return {
    async access(rejected, { endsAt, signal }) {
      const known = shelf.remembered()
      return isUsable(known, rejected) ? { ok: true, tokens: known } : renewal({ rejected, endsAt }, signal)
    },

    async login({ endsAt, signal }) {
      const access =
        credentials.kind === 'password'
          ? await shelf.takeTurn(() => logIn({ endsAt, signal }))
          : await renewal({ rejected: shelf.remembered()?.accessToken ?? null, endsAt }, signal)
      return access.ok ? { outcome: 'logged-in', account: access.tokens.account } : access.outcome
    },

    async logout() {
      await shelf.clear()
      return { outcome: 'logged-out' }
    },
  }
}

/** Names the credentials without holding them. `null`: whoever is logged in. */
function subjectOf(credentials: LoginCredentials, hash: Hash): string | null {
  switch (credentials.kind) {
    case 'password':
      return digestText(hash, `email:${credentials.email.trim().toLowerCase()}`)
    case 'refresh-token':
      return digestText(hash, `refresh-token:${credentials.refreshToken}`)
    case 'stored':
      return null
  }
}

/** The limit of logins is low, and shared with everybody behind the same address. */
function heldBack({ outcome }: Extract<PortalReply<unknown>, { ok: false }>): NotDone {
  const isHeldBack =
    outcome.outcome === 'deferred' && (outcome.reason === 'rate-limited' || outcome.reason === 'over-budget')
  return isHeldBack ? { ...outcome, message: loginHeldBackMessage } : outcome
}
