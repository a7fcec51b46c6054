import { randomBytes } from 'node:crypto'
import type { Random } from '../ports/random.js'

export const nodeRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
}
