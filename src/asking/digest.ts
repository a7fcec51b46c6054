import type { Hash } from '../ports/hash.js'

export function toHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** SHA-256 of text in hex. */
export function digestText(hash: Hash, text: string): string {
  return toHex(hash.sha256(new TextEncoder().encode(text)))
}

/** Stands for a product on a domain at a hub in the names of files. Says nothing about which. */
export function scopeDigest(hash: Hash, hub: string, product: string, domain: string): string {
  return digestText(hash, JSON.stringify([hub, product, domain])).slice(0, 16)
}
