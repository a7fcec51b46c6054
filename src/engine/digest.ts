import type { Hash } from '../ports/hash.js'

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** SHA-256 of text in hex. */
export function digestText(hash: Hash, text: string): string {
  return toHex(hash.sha256(new TextEncoder().encode(text)))
}
