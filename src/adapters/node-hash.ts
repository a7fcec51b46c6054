import type { Hash } from '../ports/hash.js'
import { builtIn } from './built-in.js'

export const nodeHash: Hash = {
  sha256: (data) => new Uint8Array(builtIn.crypto().createHash('sha256').update(data).digest()),
}
