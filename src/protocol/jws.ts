import { decodeBase64Url, encodeBase64Url } from './base64url.js'
import { encodeJson, parseJson } from './json.js'
import { isString, objectOf, oneOf, type Shape } from './shape.js'
import type { TokenType } from './wire/token.js'

/** Compact JWS (RFC 7515) with Ed25519 (RFC 8037), and nothing else of JOSE: one algorithm, no negotiation. */
interface Header {
  readonly alg: 'EdDSA'
  readonly kid: string
  readonly typ: string
}

const hasHeaderMembers = objectOf<Header>({ alg: oneOf(['EdDSA']), kid: isString, typ: isString })

const isHeader: Shape<Header> = (value): value is Header => hasHeaderMembers(value) && Object.keys(value).length === 3

/**
 * Bounds the work that hostile bytes can cause. Far above any real token, and enough for a record that holds the
 * longest token that fits into an answer of the hub.
 */
const maxLength = 128 * 1024

export type JwsProblem = 'malformed' | 'unsupported-header' | 'wrong-type' | 'unknown-key' | 'bad-signature'

export type VerifySignature = (key: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean
export type SignMessage = (message: Uint8Array) => Uint8Array

export interface JwsExpectation {
  readonly type: TokenType
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly verify: VerifySignature
}

export type JwsResult =
  | { readonly ok: true; readonly payload: Uint8Array; readonly keyId: string }
  | { readonly ok: false; readonly problem: JwsProblem }

/**
 * The payload of a JWS whose signature holds under one of the expected keys. The payload's bytes are handed out only
 * after that: nothing reads claims that nobody vouches for.
 */
export function openJws(compact: string, expected: JwsExpectation): JwsResult {
  if (compact.length > maxLength) return refuse('malformed')
  const parts = compact.split('.')
  const [headerText, payloadText, signatureText] = parts
  if (parts.length !== 3 || !headerText || payloadText === undefined || !signatureText) return refuse('malformed')

  const headerBytes = decodeBase64Url(headerText)
  const payload = decodeBase64Url(payloadText)
  const signature = decodeBase64Url(signatureText)
  if (!headerBytes || !payload || !signature) return refuse('malformed')

  // A strict header refuses `alg: none` and HMAC with a public key as secret (algorithm confusion), `crit` extensions
  // that we would have to understand, and `jwk`, `jku` or `x5c`, by which a forger would bring a key of their own.
  const header = parseJson(headerBytes)
  if (!isHeader(header)) return refuse('unsupported-header')

  // One kind of token must not pass for another: a release token is not a license.
  if (header.typ !== expected.type) return refuse('wrong-type')

  const key = expected.keys.get(header.kid)
  if (!key) return refuse('unknown-key')

  const message = new TextEncoder().encode(`${headerText}.${payloadText}`)
  if (!expected.verify(key, message, signature)) return refuse('bad-signature')
  return { ok: true, payload, keyId: header.kid }
}

/** Signs `claims` as a compact JWS. */
export function sealJws(type: TokenType, keyId: string, claims: unknown, sign: SignMessage): string {
  const header = encodeBase64Url(encodeJson({ alg: 'EdDSA', kid: keyId, typ: type }))
  const signed = `${header}.${encodeBase64Url(encodeJson(claims))}`
  return `${signed}.${encodeBase64Url(sign(new TextEncoder().encode(signed)))}`
}

function refuse(problem: JwsProblem): JwsResult {
  return { ok: false, problem }
}
