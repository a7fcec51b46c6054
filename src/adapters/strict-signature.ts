import { isCanonicalSignature, publicKeyProblem } from '../domain/ed25519-key.js'
import type { Signature } from '../ports/signature.js'

/**
 * A library's Ed25519 behind the one set of rules that makes every library give the same verdict: what they disagree
 * about never reaches them.
 */
export function strictSignature(library: Signature): Signature {
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

    sign: (seed, message) => library.sign(requireSeed(seed), message),

    publicKey: (seed) => library.publicKey(requireSeed(seed)),
  }
}

function requireSeed(seed: Uint8Array): Uint8Array {
  if (seed.length === 32) return seed
  throw new RangeError(`An Ed25519 seed must be 32 bytes, not ${seed.length}.`)
}
