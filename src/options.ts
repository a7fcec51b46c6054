import type { Dispatcher } from 'undici'
import type { SharedStore } from './ports/shared-store.js'
import type { Category, RateLimit, RouteName } from './protocol/routes.js'

/** A product that is sold with licenses. */
export interface ProductOptions {
  /** The product's slug at the hub: lower-case letters, digits and hyphens. */
  readonly slug: string
  /** The version that is running, in the form of Semantic Versioning: `1.4.2`. */
  readonly version: string
}

/** Where the licenses come from, and how their origin is proven. */
export interface HubOptions {
  /**
   * The hub's base URL, `/api/v1` included; https, or http on loopback. A trailing slash is dropped. Tokens must name
   * exactly this string as their issuer.
   *
   * @defaultValue `https://admin.flavorteam.dev/api/v1` (documented by FlavorTeam)
   */
  readonly url?: string
  /**
   * The hub's Ed25519 public keys by key id: 32 bytes as base64url each, several at a time for a rotation.
   *
   * Leaving them out is the weaker choice, and a `warning` event says so: answers are then trusted as they come over
   * TLS, and whoever can edit the files of the machine can forge a license.
   */
  readonly trustedKeys?: Readonly<Record<string, string>>
  /** Replaces paths of the hub, which are our assumption, by those of a hub that differs. Appended to `url`. */
  readonly routes?: Readonly<Partial<Record<RouteName, string>>>
  /** Replaces limits of the hub (documented by FlavorTeam) by those of a hub that differs. */
  readonly limits?: Readonly<Partial<Record<Category, Partial<RateLimit>>>>
}

/** The components of the product, which are installed and updated on their own. */
export interface ComponentOptions {
  /** The directory that they are installed in, each under its slug: an absolute path. Made when it is missing. */
  readonly directory: string
}

/** What a license client is made of. Checked once, when it is made. */
export interface LicenseClientOptions {
  readonly product: ProductOptions
  /**
   * The domain that an activation is bound to. Case, scheme, port, path, trailing dot and `www.` do not matter.
   * `auto` for a product without a site: a name that stands for this installation.
   */
  readonly domain: string
  readonly hub?: HubOptions
  /**
   * The directory of the license records, an absolute path. It is made when it is missing.
   *
   * @defaultValue the data directory of this user's programs
   */
  readonly directory?: string
  /**
   * An id of this installation, for machines that keep no files. Without it, each start of a throw-away container is
   * a new installation.
   *
   * @defaultValue a random one, kept beside the records
   */
  readonly installationId?: string
  /**
   * The release channel of update checks, such as `beta`.
   *
   * @defaultValue the hub's own choice
   */
  readonly channel?: string
  /** Only for a product that has components. */
  readonly components?: ComponentOptions
  /**
   * How long a verification counts as fresh, in milliseconds.
   *
   * @defaultValue 12 hours (documented by FlavorTeam)
   */
  readonly verifyIntervalMs?: number
  /**
   * How long a license goes on working after that while the hub does not answer, in milliseconds. A token's own end
   * comes first.
   *
   * @defaultValue 14 days
   */
  readonly gracePeriodMs?: number
  /**
   * How long a license goes on working after it has expired, in milliseconds.
   *
   * @defaultValue 0
   */
  readonly expiryGraceMs?: number
  /**
   * The longest that `verify()` waits for the hub, in milliseconds.
   *
   * @defaultValue 3 seconds
   */
  readonly verifyDeadlineMs?: number
  /**
   * The longest that every other call waits for the hub, in milliseconds.
   *
   * @defaultValue 15 seconds
   */
  readonly requestDeadlineMs?: number
  /**
   * What this machine shares with others that run the product with the same license: what `redisStore` of
   * `flavor-license/redis` gives. They are one installation, keep one budget of requests, and send one request where
   * many find the same record stale.
   *
   * @defaultValue nothing is shared beyond this machine
   */
  readonly sharedStore?: SharedStore
  /**
   * An undici dispatcher for all requests: a proxy with credentials, a private certificate authority. It is never
   * closed by the client.
   *
   * @defaultValue a keep-alive agent that honors `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`
   */
  readonly dispatcher?: Dispatcher
  /** A `fetch` for all requests, in place of undici. */
  readonly fetch?: typeof globalThis.fetch
}
