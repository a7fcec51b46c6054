import type { Signature } from '../ports/signature.js'
import { builtIn } from './built-in.js'
import { strictSignature } from './strict-signature.js'

const base64Url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url')

/** OpenSSL takes three times as long to find out what DER holds as to read a JWK (RFC 8037), which says so. */
const jwkOf = (x: string) => ({ kty: 'OKP', crv: 'Ed25519', x })

/** Node asks for the public half of a private JWK and makes no use of it: it follows from the private one. */
const privateKey = (seed: Uint8Array) =>
  builtIn.crypto().createPrivateKey({ key: { ...jwkOf(''), d: base64Url(seed) }, format: 'jwk' })

/** Ed25519 by OpenSSL (or what the runtime has in its place), through node:crypto. */
export const nodeSignature: Signature = strictSignature({
  verify(key, message, signature) {
    const { createPublicKey, verify } = builtIn.crypto()
    return verify(null, message, createPublicKey({ key: jwkOf(base64Url(key)), format: 'jwk' }), signature)
  },

  sign: (seed, message) => new Uint8Array(builtIn.crypto().sign(null, message, privateKey(seed))),

  publicKey(seed) {
    const { x } = builtIn.crypto().createPublicKey(privateKey(seed)).export({ format: 'jwk' })
    return new Uint8Array(Buffer.from(x ?? '', 'base64url'))
  },
})
