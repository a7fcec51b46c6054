/** A version of the product or of one of its components that the hub offers. */
export interface Release {
  /** The product, or one of its components. */
  readonly slug: string
  /** Semantic version. */
  readonly version: string
  /** Epoch milliseconds. */
  readonly releasedAt: number
  readonly channel: string
  readonly changelogUrl: string | null
  /** The semver range that the product's own version must be in, or `null` when any will do. */
  readonly requiresProduct: string | null
  /** The author asks that users do not skip this release. */
  readonly mandatory: boolean
  /** Bytes. */
  readonly size: number
  /** SHA-256 in lower-case hex. */
  readonly sha256: string
  readonly filename: string
  /** When the hub signed it, on the hub's clock, epoch milliseconds; `null` where no hub key is pinned. */
  readonly issuedAt: number | null
  /** The hub's token for it, which is checked again before a download; `null` from a hub that signs nothing. */
  readonly token: string | null
}
