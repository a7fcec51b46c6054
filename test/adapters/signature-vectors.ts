import rfc8032 from '../../fixtures/ed25519/rfc8032.json' with { type: 'json' }
import taming from '../../fixtures/ed25519/taming-the-many-eddsas.json' with { type: 'json' }
import type { SignatureCase } from './signature-cases.js'

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'))

export interface SigningVector extends SignatureCase {
  readonly seed: Uint8Array
}

/** RFC 8032 section 7.1. */
export const signingVectors: readonly SigningVector[] = rfc8032.vectors.map((vector) => ({
  kind: `RFC 8032 ${vector.name}`,
  seed: bytes(vector.seed),
  publicKey: bytes(vector.publicKey),
  message: bytes(vector.message),
  signature: bytes(vector.signature),
  valid: true,
}))

/** The twelve edge cases of "Taming the many EdDSAs". */
export const edgeCases: readonly SignatureCase[] = taming.vectors.map((vector) => ({
  kind: vector.name,
  publicKey: bytes(vector.publicKey),
  message: bytes(vector.message),
  signature: bytes(vector.signature),
  valid: vector.valid,
}))
