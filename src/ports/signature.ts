/** Ed25519 (RFC 8032), strict: every implementation gives the same answer to every input. */
export interface Signature {
  /** False for anything but a valid, canonical signature (64 bytes, S < L) under a 32-byte key; never throws. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean
  /** Signs with a private key given as its 32-byte seed. */
  sign(seed: Uint8Array, message: Uint8Array): Uint8Array
  /** The public key that belongs to a 32-byte seed. */
  publicKey(seed: Uint8Array): Uint8Array
}
