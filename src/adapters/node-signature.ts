import type { KeyObject } from 'node:crypto'
import type { Signature } from '../ports/signature.js'
import { builtIn } from './built-in.js'
import { strictSignature } from './strict-signature.js'

/** What stands before the seed in PKCS #8 (RFC 8410). A private JWK would need the public half, which Node 26 compares. */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** To find out what DER holds takes OpenSSL ten times as long as to sign with it. */
const privateKeys = new WeakMap<Uint8Array, KeyObject>()

function privateKey(seed: Uint8Array): KeyObject {
  const known = privateKeys.get(seed)
  if (known) return known
  const der = Buffer.concat([pkcs8Prefix, seed])
  const key = builtIn.crypto().createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  privateKeys.set(seed, key)
  return key
}

/** Ed25519 by OpenSSL (or what the runtime has in its place), through node:crypto. */
export const nodeSignature: Signature = strictSignature({
  verify(key, message, signature) {
    const { createPublicKey, verify } = builtIn.crypto()
    // OpenSSL takes three times as long to find out what DER holds as to read a JWK (RFC 8037), which says so.
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(key).toString('base64url') }
    return verify(null, message, createPublicKey({ key: jwk, format: 'jwk' }), signature)
  },

  sign: (seed, message) => new Uint8Array(builtIn.crypto().sign(null, message, privateKey(seed))),

  publicKey(seed) {
    const spki = builtIn.crypto().createPublicKey(privateKey(seed)).export({ format: 'der', type: 'spki' })
    // RFC 8410: the key is its end.
    return new Uint8Array(spki.subarray(-32))
  },
})
