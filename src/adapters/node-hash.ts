import { createHash } from 'node:crypto'
import type { Hash } from '../ports/hash.js'

export const nodeHash: Hash = {
  sha256: (data) => new Uint8Array(createHash('sha256').update(data).digest()),
}
