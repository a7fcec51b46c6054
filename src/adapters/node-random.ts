import type { Random } from '../ports/random.js'
import { builtIn } from './built-in.js'

const randomBytes = (length: number) => builtIn.crypto().randomBytes(length)

export const nodeRandom: Random = {
  bytes: (length) => new Uint8Array(randomBytes(length)),
  fraction: () => randomBytes(6).readUIntBE(0, 6) / 2 ** 48,
}
