import type { PortalRoute, PortalRouteName } from '../protocol/portal-routes.js'
import type { Category, Route, RouteName } from '../protocol/routes.js'
import type { Arrival } from './arrivals.js'
import type { ListForm } from './portal/listing.js'
import type { Seed } from './seed-file.js'

/** Where the emulator reads the time, in epoch milliseconds. A test passes one that it moves by hand. */
export interface Clock {
  /** The present, epoch milliseconds. */
  now(): number
}

/** Waits, or rejects with the signal's reason once it is aborted. A test passes one that does not wait. */
export type Delay = (ms: number, signal: AbortSignal) => Promise<void>

/** All of them, for a test that tries each. */
export const rateLimitStrategies = [
  'fixed-window',
  'moving-window',
  'sliding-window-counter',
  'elastic-expiry',
  'off',
] as const

/**
 * How requests are counted. `fixed-window` starts at the first hit and is what most FastAPI deployments run;
 * `elastic-expiry` extends the window on every denied hit; `off` admits everything.
 */
export type RateLimitStrategy = (typeof rateLimitStrategies)[number]

/** All of them, for a test that tries each. */
export const rateLimitBodies = [
  'slowapi',
  'slowapi-headers',
  'slowapi-headers-date',
  'limit-detail',
  'sentence-detail',
  'coded-detail',
  'retry-after-seconds',
  'retry-after-date',
  'nginx-503',
  'nginx-429',
  'cdn',
] as const

/**
 * What a client over the limit is answered; all of them are in use on real servers.
 *
 * - `slowapi`: `{"error":"Rate limit exceeded: 10 per 1 minute"}`, no `Retry-After`
 * - `slowapi-headers`: the same with `Retry-After` in seconds and `X-RateLimit-*` (a float reset), on every answer
 * - `slowapi-headers-date`: the same with `Retry-After` as a date that ends in `-0000`
 * - `limit-detail`: `{"detail":"10 per 1 minute"}`
 * - `sentence-detail`: `{"detail":"Too Many Requests"}`
 * - `coded-detail`: `{"detail":"Rate limit exceeded","code":"rate_limited"}`
 * - `retry-after-seconds`, `retry-after-date`: `sentence-detail` with a `Retry-After` header
 * - `nginx-503`, `nginx-429`: the HTML of a proxy in front
 * - `cdn`: 429 in HTML with `Retry-After: 30`
 */
export type RateLimitBody = (typeof rateLimitBodies)[number]

/** How requests are counted, and what is answered beyond a limit. */
export interface RateLimitOptions {
  /** @defaultValue 'fixed-window' */
  readonly strategy?: RateLimitStrategy | undefined
  /**
   * Length of every window, in milliseconds.
   * @defaultValue the minute that FlavorTeam documents
   */
  readonly windowMs?: number | undefined
  /**
   * Requests per window, by category.
   * @defaultValue the limits that FlavorTeam documents
   */
  readonly limits?: Readonly<Partial<Record<Category, number>>> | undefined
  /** @defaultValue 'slowapi' */
  readonly body?: RateLimitBody | undefined
}

/** How the hub hands out files. */
export interface DownloadOptions {
  /**
   * `body` answers with the file; `redirect` with a 302 to a short-lived URL on another host (a second port where the
   * emulator listens).
   * @defaultValue 'body'
   */
  readonly delivery?: 'body' | 'redirect' | undefined
  /**
   * The host of files where the emulator listens, on a port of its own: an address or a name of this machine, such as
   * `localhost` or `127.0.0.2`.
   * @defaultValue the address that the hub listens on
   */
  readonly host?: string | undefined
  /**
   * Origin of the short-lived URLs, in place of a port of the emulator's own.
   * @defaultValue the second port, or `https://downloads.example` where nothing listens
   */
  readonly origin?: string | undefined
  /**
   * How long such a URL works, in milliseconds.
   * @defaultValue 60_000
   */
  readonly lifetimeMs?: number | undefined
}

/** How a local hub is set up. */
export interface EmulatorOptions {
  /**
   * What the hub knows at its start: a parsed seed file.
   * @defaultValue the built-in seed, `fixtures/hub/default.json`
   */
  readonly seed?: Seed | undefined
  /** @defaultValue the system clock */
  readonly clock?: Clock | undefined
  /**
   * The hub's base URL: what tokens name as their issuer. Its path is where the endpoints are.
   * @defaultValue the URL that it listens on plus `/api/v1`; `https://hub.example/api/v1` for `fetch` alone
   */
  readonly baseUrl?: string | undefined
  /**
   * Whether answers carry signed tokens; `false` is a hub that signs nothing and sends `token: null`.
   * @defaultValue true
   */
  readonly signing?: boolean | undefined
  /**
   * How long a license token may be trusted without the hub (`exp` - `iat`), in milliseconds.
   * @defaultValue 2_592_000_000 (30 days)
   */
  readonly leaseMs?: number | undefined
  readonly rateLimit?: RateLimitOptions | undefined
  /**
   * Whether errors carry the sibling `code`. A hub without it has only the status and the `detail`.
   * @defaultValue true
   */
  readonly errorCodes?: boolean | undefined
  readonly downloads?: DownloadOptions | undefined
  /**
   * A folder of archives, each with a manifest `*.release.json` beside it, which are offered beside those of the seed.
   * It is read once, at the start.
   * @defaultValue none
   */
  readonly releases?: string | undefined
  /** Endpoints at other paths or under other budgets: those whose paths the client is given by `hub.routes`. */
  readonly routes?: Readonly<Partial<Record<RouteName, Route>>> | undefined
  /** Endpoints of the portal at other paths or under other budgets. */
  readonly portalRoutes?: Readonly<Partial<Record<PortalRouteName, PortalRoute>>> | undefined
  /**
   * How the portal lists licenses and clients: as FlavorTeam documents it, or in a form that a reader has to bear as well.
   * @defaultValue 'array'
   */
  readonly portalLists?: ListForm | undefined
  /**
   * A file that keeps the state, signing keys included, across restarts. Once it exists, the seed is not read again.
   * @defaultValue memory alone
   */
  readonly stateFile?: string | undefined
  /**
   * Where everything random starts from; the same seed gives the same run.
   * @defaultValue 'flavor-license'
   */
  readonly randomSeed?: string | undefined
  /**
   * Called with each request once it is answered or its connection is broken: an access log.
   * @defaultValue none
   */
  readonly onArrival?: ((arrival: Arrival) => void) | undefined
  /** @defaultValue a timer */
  readonly delay?: Delay | undefined
}

/** Where a local hub is reached. */
export interface ListenOptions {
  /** `0` picks a free one. @defaultValue 0 */
  readonly port?: number | undefined
  /** @defaultValue '127.0.0.1' */
  readonly host?: string | undefined
}
