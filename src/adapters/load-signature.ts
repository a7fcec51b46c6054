import type { Signature } from '../ports/signature.js'
import { nodeSignature } from './node-signature.js'

/** RFC 8032 section 7.1, test 2: the secret key, the message and the signature that must come of them. */
const knownAnswer = {
  seed: Buffer.from('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb', 'hex'),
  message: Buffer.from('72', 'hex'),
  signature: Buffer.from(
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
    'hex',
  ),
}

/**
 * Whether an implementation does its work on this machine: it signs, it verifies, and it does not say yes to
 * everything. A FIPS provider, or a runtime that only imitates node:crypto, may have no Ed25519.
 */
export function passesKnownAnswer(signature: Signature): boolean {
  const { seed, message, signature: expected } = knownAnswer
  try {
    const key = signature.publicKey(seed)
    return (
      expected.equals(signature.sign(seed, message)) &&
      signature.verify(key, message, expected) &&
      !signature.verify(key, seed, expected)
    )
  } catch {
    return false
  }
}

/** node:crypto where it works, since it is a hundred times faster, else tweetnacl. */
export async function loadSignature(preferred: Signature = nodeSignature): Promise<Signature> {
  if (passesKnownAnswer(preferred)) return preferred
  return (await import('./tweetnacl-signature.js')).loadTweetnaclSignature()
}
