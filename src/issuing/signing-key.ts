import { nodeHash } from '../adapters/node-hash.js'
import { nodeRandom } from '../adapters/node-random.js'
import { nodeSignature } from '../adapters/node-signature.js'
import { decodeBase64Url, encodeBase64Url } from '../protocol/base64url.js'
import { IssuingError } from './issuing-error.js'

/** A key that signs for a hub. The seed is the secret; the public key is what products pin. */
export interface SigningKey {
  /** Key id (`kid`) by which a product finds the public key. */
  readonly keyId: string
  /** The private key: 32 bytes as base64url. */
  readonly seed: string
  /** The public key: 32 bytes as base64url, as the `trustedKeys` option takes it. */
  readonly publicKey: string
}

/** A new key pair. Without a `keyId`, one is derived from the public key. */
export function generateSigningKey(keyId?: string): SigningKey {
  return signingKeyFromSeed(encodeBase64Url(nodeRandom.bytes(32)), keyId)
}

/**
 * The key pair that belongs to a seed.
 *
 * @throws RangeError when the seed is not 32 bytes of base64url.
 */
export function signingKeyFromSeed(seed: string, keyId?: string): SigningKey {
  const bytes = decodeBase64Url(seed)
  if (bytes?.length !== 32) throw new RangeError('A signing key seed must be 32 bytes as base64url (43 characters).')
  const publicKey = nodeSignature.publicKey(bytes)
  return { keyId: keyId ?? deriveKeyId(publicKey), seed, publicKey: encodeBase64Url(publicKey) }
}

/** Hexadecimal: unlike base64url, it never begins with a hyphen, which a command line reads as an option. */
function deriveKeyId(publicKey: Uint8Array): string {
  return Buffer.from(nodeHash.sha256(publicKey)).toString('hex').slice(0, 8)
}

/**
 * A key pair that is what it says to be.
 *
 * @throws IssuingError `invalid-key-id`, `invalid-signing-key`: products would refuse all that such a key signs, and
 * it would show only on customers' machines.
 */
export function requireSigningKey({ keyId, seed, publicKey }: SigningKey): SigningKey {
  // Without commas, blanks and "=", which separate keys and their ids in options and environment variables.
  if (typeof keyId !== 'string' || !/^[^\s,=\p{C}]{1,64}$/u.test(keyId)) {
    throw new IssuingError(
      'invalid-key-id',
      'A key id must be 1 to 64 characters without blanks, commas and equals signs.',
    )
  }
  const bytes = typeof seed === 'string' ? decodeBase64Url(seed) : undefined
  if (bytes?.length !== 32) {
    throw new IssuingError('invalid-signing-key', 'The seed of the signing key is not 32 bytes as base64url.')
  }
  if (signingKeyFromSeed(seed, keyId).publicKey !== publicKey) {
    throw new IssuingError('invalid-signing-key', 'The public key of the signing key does not belong to its seed.')
  }
  return { keyId, seed, publicKey }
}
