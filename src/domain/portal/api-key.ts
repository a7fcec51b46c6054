/** A key for automation. The key itself is never shown again. */
export interface ApiKey {
  readonly id: number
  readonly name: string
  /** The 8 characters after `fh_live_`, to tell keys apart. */
  readonly prefix: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** A key that has just been made. */
export interface CreatedApiKey extends ApiKey {
  /** The key itself, shown this once: keep it where secrets are kept. */
  readonly rawKey: string
}
