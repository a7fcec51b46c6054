import { createPrivateKey, sign } from 'node:crypto'
import { type SigningKey, signingKeyFromSeed } from '../../issuing/index.js'
import { tokenType } from '../../protocol/wire/token.js'

/** A key that no hub publishes and no product pins. */
export const strangersKey: SigningKey = signingKeyFromSeed(
  Buffer.from("A-STRANGER'S-KEY-NOBODY-TRUSTS-:").toString('base64url'),
  'stranger',
)

/** The private key's bytes follow this in its PKCS #8 form (RFC 8410). */
const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex')

/** A release token over any text, also one that no honest signer would sign. */
export function forgeToken(payload: string, { keyId, seed }: SigningKey): string {
  const der = Buffer.concat([pkcs8Prefix, Buffer.from(seed, 'base64url')])
  const header = JSON.stringify({ alg: 'EdDSA', kid: keyId, typ: tokenType.release })
  const signed = [header, payload].map((text) => Buffer.from(text).toString('base64url')).join('.')
  const signature = sign(null, Buffer.from(signed), createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
  return `${signed}.${signature.toString('base64url')}`
}

/** What a token of the hub's own says; `undefined` where there is none. */
export function claimsOf(token: unknown): Readonly<Record<string, unknown>> | undefined {
  if (typeof token !== 'string') return undefined
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
  return typeof claims === 'object' && claims !== null ? { ...claims } : undefined
}
