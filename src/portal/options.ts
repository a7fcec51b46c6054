import type { Dispatcher } from 'undici'
import type { SharedStore } from '../ports/shared-store.js'
import type { TokenStore } from '../ports/token-store.js'
import type { RateLimit } from '../protocol/routes.js'
import type { PortalCategory, PortalRouteName } from './settings.js'

/**
 * Who asks. An account's e-mail address and password, a refresh token of a login that was made elsewhere, or an API key
 * of a reseller or an agency, which eight endpoints take.
 */
export type PortalAuth =
  | { readonly email: string; readonly password: string }
  | { readonly refreshToken: string }
  | { readonly apiKey: string }

/** Where the portal is. */
export interface PortalHubOptions {
  /**
   * The hub's base URL, `/api/v1` included; https, or http on loopback.
   *
   * @defaultValue `https://admin.flavorteam.dev/api/v1` (documented by FlavorTeam)
   */
  readonly url?: string
  /** Replaces paths of the portal by those of a hub that differs. Appended to `url`. */
  readonly routes?: Readonly<Partial<Record<PortalRouteName, string>>>
  /** Replaces limits. `portal` is our own restraint where FlavorTeam documents no limit. */
  readonly limits?: Readonly<Partial<Record<PortalCategory, Partial<RateLimit>>>>
}

/** What a client of the portal is made of. Checked once, when it is made. */
export interface PortalClientOptions {
  readonly hub?: PortalHubOptions
  /** @defaultValue the login that `tokenStore` holds */
  readonly auth?: PortalAuth
  /**
   * Where the tokens of the login are kept. With {@link fileTokenStore}, programs that run for a moment share one login
   * in place of each making its own, of which the hub allows 5 a minute.
   *
   * @defaultValue the memory of this process
   */
  readonly tokenStore?: TokenStore
  /**
   * The directory in which all programs of this user keep account of their requests, so that together they stay within
   * the hub's limits. An absolute path.
   *
   * @defaultValue the data directory of this user's programs
   */
  readonly directory?: string
  /**
   * What `redisStore` of `flavor-license/redis` gives: programs on several machines then keep account of their requests
   * there, together with the products that use it too. Logins are not shared by it.
   *
   * @defaultValue each machine for itself, in `directory`
   */
  readonly sharedStore?: SharedStore
  /**
   * The longest that a call waits for the hub, in milliseconds; one page of a list, one hundred licenses of an order.
   *
   * @defaultValue 15 seconds
   */
  readonly requestDeadlineMs?: number
  /** An undici dispatcher for all requests, which is never closed by the client. */
  readonly dispatcher?: Dispatcher
  /** A `fetch` for all requests, in place of undici. */
  readonly fetch?: typeof globalThis.fetch
}

/** What every call that asks the portal takes. */
export interface PortalCallOptions {
  /** The longest that this call waits for the hub, in milliseconds. Default: the `requestDeadlineMs` option. */
  readonly deadlineMs?: number
  readonly signal?: AbortSignal
}
