import { createPublicKey, verify } from 'node:crypto'
import * as v from 'valibot'
import type { SigningKey } from '../../issuing/index.js'
import { countSchema, type Schema, sha256HexSchema, textSchema } from '../../protocol/wire/primitives.js'
import { tokenType, type WireReleaseClaims } from '../../protocol/wire/token.js'

/** A release token that the vendor signed, with the facts by which it is served or not. */
export interface VendorToken {
  readonly token: string
  /** The hub that it is for. */
  readonly issuer: string
  /** Epoch milliseconds. */
  readonly endsAt: number
}

/** What a token must be about. */
export type ReleaseIdentity = Pick<WireReleaseClaims, 'aud' | 'slug' | 'version' | 'size' | 'sha256'>

/** The token, or what is wrong with it as the end of a sentence. */
export type VendorTokenResult = { readonly ok: VendorToken } | { readonly problem: string }

const claimsSchema: Schema<WireReleaseClaims> = v.object({
  iss: textSchema,
  aud: textSchema,
  slug: textSchema,
  version: textSchema,
  sha256: sha256HexSchema,
  size: countSchema,
  iat: countSchema,
  exp: countSchema,
})

const headerSchema = v.strictObject({ alg: v.literal('EdDSA'), kid: v.string(), typ: v.literal(tokenType.release) })

/** Reads a vendor's token as a hub does that takes in a release: one that clients would refuse is not served. */
export function readVendorToken(
  token: string,
  identity: ReleaseIdentity,
  keys: readonly SigningKey[],
  now: number,
): VendorTokenResult {
  const [headerText = '', payloadText = '', signatureText = '', ...rest] = token.split('.')
  const header = v.safeParse(headerSchema, parsed(headerText))
  if (rest.length > 0 || !header.success) return { problem: 'is not a release token' }
  const key = keys.find(({ keyId }) => keyId === header.output.kid)
  if (!key)
    return { problem: `is signed by the key ${JSON.stringify(header.output.kid)}, which this hub does not have` }
  const signature = Buffer.from(signatureText, 'base64url')
  if (!verify(null, Buffer.from(`${headerText}.${payloadText}`), publicKeyOf(key), signature)) {
    return { problem: 'has a signature that does not hold' }
  }
  const claims = v.safeParse(claimsSchema, parsed(payloadText))
  if (!claims.success) return { problem: 'does not say what a release token must say' }
  const { iss, iat, exp } = claims.output
  const difference = facts.find((fact) => claims.output[fact] !== identity[fact])
  if (difference) return { problem: `has another ${difference === 'aud' ? 'product' : difference} than its manifest` }
  if (iat * 1000 > now + clockToleranceMs) return { problem: 'is signed ahead of time; set the clock that signs' }
  if (exp * 1000 <= now) return { problem: 'has ended; sign the release again' }
  return { ok: { token, issuer: iss, endsAt: exp * 1000 } }
}

/** As clients grant a hub. */
const clockToleranceMs = 300_000

const facts = ['aud', 'slug', 'version', 'size', 'sha256'] as const

function publicKeyOf({ publicKey }: SigningKey): ReturnType<typeof createPublicKey> {
  return createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' })
}

function parsed(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString())
  } catch {
    return undefined
  }
}
