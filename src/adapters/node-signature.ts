import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { Signature } from '../ports/signature.js'
import { strictSignature } from './strict-signature.js'

/** DER in front of the 32 raw bytes of a key (RFC 8410). */
const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex')
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKey = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })

/** Ed25519 by OpenSSL (or what the runtime has in its place), through node:crypto. */
export const nodeSignature: Signature = strictSignature({
  verify(key, message, signature) {
    const publicKey = createPublicKey({ key: Buffer.concat([spkiPrefix, key]), format: 'der', type: 'spki' })
    return verify(null, message, publicKey, signature)
  },

  sign: (seed, message) => new Uint8Array(sign(null, message, privateKey(seed))),

  publicKey(seed) {
    const spki = createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' })
    return new Uint8Array(spki.subarray(spkiPrefix.length))
  },
})
