import type { DomainName } from '../domain/license/domain-name.js'
import type { VerificationPolicy } from '../domain/license/verification-policy.js'
import type { Category, RateLimit, RouteTable } from '../protocol/routes.js'

/** The author's options, validated and complete. */
export interface Settings {
  /** The hub's base URL, without a trailing slash. */
  readonly hub: string
  /** The hub's pinned public keys by key id; empty where the author pins none. */
  readonly hubKeys: ReadonlyMap<string, Uint8Array>
  readonly routes: RouteTable
  readonly limits: Readonly<Record<Category, RateLimit>>
  readonly product: { readonly slug: string; readonly version: string }
  /** `auto`: a domain that stands for the installation. */
  readonly domain: DomainName | 'auto'
  /** An installation id of the author's own, or `null` for a random one kept beside the records. */
  readonly installation: string | null
  readonly channel: string | null
  /** Where components are installed unless a call says so; `undefined` where the author names no place. */
  readonly componentDirectory: string | undefined
  readonly policy: VerificationPolicy
  /** The longest that `verify()` waits for the hub. */
  readonly verifyDeadlineMs: number
  /** The longest that every other operation waits for the hub. */
  readonly requestDeadlineMs: number
  readonly userAgent: string
}
