import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto'
import type { Signature } from '../ports/signature.js'
import { strictSignature } from './strict-signature.js'

/** DER in front of the 32 raw bytes of a private key (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

const privateKey = (seed: Uint8Array) =>
  createPrivateKey({ key: Buffer.concat([pkcs8Prefix, seed]), format: 'der', type: 'pkcs8' })

/** Ed25519 by OpenSSL (or what the runtime has in its place), through node:crypto. */
export const nodeSignature: Signature = strictSignature({
  verify(key, message, signature) {
    // OpenSSL takes three times as long to find out what DER holds as to read a JWK (RFC 8037), which says so.
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') }
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
  },

  sign: (seed, message) => new Uint8Array(sign(null, message, privateKey(seed))),

  publicKey(seed) {
    const { x } = createPublicKey(privateKey(seed)).export({ format: 'jwk' })
    return new Uint8Array(Buffer.from(x ?? '', 'base64url'))
  },
})
