import type { Signature } from '../ports/signature.js'
import { strictSignature } from './strict-signature.js'

/** Ed25519 in JavaScript, for a runtime whose node:crypto has none. Loading it takes longer than most programs start. */
export async function loadTweetnaclSignature(): Promise<Signature> {
  const { sign } = (await import('tweetnacl')).default
  return strictSignature({
    verify: (publicKey, message, signature) => sign.detached.verify(message, signature, publicKey),
    sign: (seed, message) => sign.detached(message, sign.keyPair.fromSeed(seed).secretKey),
    publicKey: (seed) => sign.keyPair.fromSeed(seed).publicKey,
  })
}
