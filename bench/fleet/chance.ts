import type { DrawLot } from '../../src/domain/schedule/background-schedule.js'

/** Spreads the bits of a 32-bit number (the finalizer of MurmurHash3). */
function mix(value: number): number {
  let bits = value | 0
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b)
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35)
  return (bits ^ (bits >>> 16)) >>> 0
}

/** What distinguishes one client of a fleet from every other. The same for one seed, on every machine. */
export function identityOf(seed: number, client: number): number {
  return mix(mix(seed + 0x9e3779b9) ^ Math.imul(client + 1, 0x9e3779b1))
}

/** Stands in for the digest of installation and license, which a million clients cannot afford here. */
export function lotOf(identity: number): DrawLot {
  return (salt) => {
    const low = typeof salt === 'string' ? textNumber(salt) : salt % 2 ** 32
    const high = typeof salt === 'string' ? 0 : Math.floor(salt / 2 ** 32)
    return mix(mix(identity ^ mix(low)) + high) / 2 ** 32
  }
}

function textNumber(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  return value
}

/** Uniform numbers in [0, 1), one after the other. */
export function fractionsOf(identity: number): () => number {
  let state = identity
  return () => {
    state = (state + 0x9e3779b9) | 0
    return mix(state ^ (state >>> 15)) / 2 ** 32
  }
}
