/** Ed25519 (RFC 8032), strict: every implementation gives the same answer to every input. */
export interface Signature {
  /** False for anything but a valid, canonical signature (64 bytes, S < L) under a 32-byte key; never throws. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** Whether {@link sign} gives this signature: what one has signed oneself needs no public key. Never throws. */
  verifyOwn(seed: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** Signs with a private key given as its 32-byte seed. */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array
  /** The public key that belongs to a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array
}

/** Ed25519 by the library of this machine, or by another one where that has none or is broken. */
export interface MachineSignature extends Signature {
  /**
   * Runs what verifies signatures. Where it refuses one and the library turns out not to work, runs it again with
   * another library.
   */
  open<Result>(operation: (signature: Pick<Signature, 'verify' | 'verifyOwn'>) => Result): Promise<Result>
  /** To be awaited before anything else is called: from then on, the library is known to work. */
  prove(): Promise<void>
}
