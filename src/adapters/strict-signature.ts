import { isCanonicalSignature, publicKeyProblem } from '../domain/ed25519-key.js'
import type { Signature } from '../ports/signature.js'

/** What a library has to bring. It may throw where it refuses. */
export type SignatureLibrary = Pick<Signature, 'verify' | 'sign' | 'publicKey'>

/**
 * A library's Ed25519 behind the one set of rules that makes every library give the same verdict: what they disagree
 * about never reaches them.
 */
export function strictSignature(library: SignatureLibrary): Signature {
  const sign = (seed: Uint8Array, message: Uint8Array) => library.sign(requireSeed(seed), message)
  return {
    verify(publicKey, message, signature) {
      if (publicKeyProblem(publicKey) || !isCanonicalSignature(signature)) return false
      // The first half of a signature is a point as a key is. One of small order comes from no honest signer, and some
      // libraries refuse it where others do not.
      if (publicKeyProblem(signature.subarray(0, 32))) return false
      try {
        return library.verify(publicKey, message, signature)
      } catch {
        // A key that is no point of the curve is an error to some libraries and a mismatch to others.
        return false
      }
    },

    verifyOwn(seed, message, signature) {
      try {
        // RFC 8032 leaves a signer no choice, so that the same key gives the same bytes: nothing that verification
        // could disagree about, such as S + L, is equal to them.
        return Buffer.compare(sign(seed, message), signature) === 0
      } catch {
        return false
      }
    },

    sign,

    publicKey: (seed) => library.publicKey(requireSeed(seed)),
  }
}

function requireSeed(seed: Uint8Array): Uint8Array {
  if (seed.length === 32) return seed
  throw new RangeError(`An Ed25519 seed must be 32 bytes, not ${seed.length}.`)
}
