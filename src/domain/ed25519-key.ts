/** What is wrong with bytes that claim to be an Ed25519 public key. */
export type PublicKeyProblem = 'wrong-length' | 'non-canonical' | 'small-order'

const fieldPrime = 2n ** 255n - 19n

/** The y-coordinates of the eight points whose order divides 8, in the order 4, 1, 2, 8, 8. */
const smallOrderOrdinates: ReadonlySet<bigint> = new Set([
  0n,
  1n,
  fieldPrime - 1n,
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
])

/**
 * Under a key of small order anybody can sign any message without a private key, and libraries disagree about such
 * keys and about coordinates that are not reduced. Both are refused before any library sees them.
 */
export function publicKeyProblem(key: Uint8Array): PublicKeyProblem | undefined {
  if (key.length !== 32) return 'wrong-length'
  const ordinate = littleEndian(key) % 2n ** 255n
  if (ordinate >= fieldPrime) return 'non-canonical'
  if (smallOrderOrdinates.has(ordinate)) return 'small-order'
  return undefined
}

const groupOrder = 2n ** 252n + 27742317777372353535851937790883648493n

/** 64 bytes whose scalar S is reduced. Without this check, S + L is a second signature of the same message. */
export function isCanonicalSignature(signature: Uint8Array): boolean {
  return signature.length === 64 && littleEndian(signature.subarray(32)) < groupOrder
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}
