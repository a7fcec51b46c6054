import { nodeHash } from '../adapters/node-hash.js'
import { nodeRandom } from '../adapters/node-random.js'
import { nodeSignature } from '../adapters/node-signature.js'
import { decodeBase64Url, encodeBase64Url } from '../protocol/base64url.js'

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
  return {
    keyId: keyId ?? encodeBase64Url(nodeHash.sha256(publicKey)).slice(0, 8),
    seed,
    publicKey: encodeBase64Url(publicKey),
  }
}
