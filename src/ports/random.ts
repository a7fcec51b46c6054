/** Unpredictable bytes and numbers: nonces, identities, keys, jitter. */
export interface Random {
  bytes(length: number): Uint8Array
  /** Uniform in [0, 1). */
  fraction(): number
}
