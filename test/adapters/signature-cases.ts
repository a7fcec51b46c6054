import { createHash } from 'node:crypto'
import { nodeSignature } from '../../src/adapters/node-signature.js'
import {
  addPoints,
  decodeInteger,
  decodePoint,
  encodeInteger,
  encodePoint,
  groupOrder,
  type Point,
  smallOrderEncodings,
  torsion,
} from './signature-curve.js'

export interface SignatureCase {
  readonly kind: string
  readonly publicKey: Uint8Array
  readonly message: Uint8Array
  readonly signature: Uint8Array
  /** The verdict of the strict rules, known from how the case was made. */
  readonly valid: boolean
}

interface Chance {
  bytes(length: number): Uint8Array
  below(bound: number): number
  pick<Item>(items: readonly Item[]): Item
}

function itemAt<Item>(items: readonly Item[], index: number): Item {
  const item = items[index]
  if (item === undefined) throw new RangeError(`There is no item ${index}.`)
  return item
}

/** A stream of bytes that a seed determines. */
function chanceFrom(seed: string): Chance {
  let count = 0
  const block = () => createHash('sha256').update(`${seed}/${count++}`).digest()
  const bytes = (length: number) => {
    const blocks = Array.from({ length: Math.ceil(length / 32) }, block)
    return Uint8Array.from(Buffer.concat(blocks).subarray(0, length))
  }
  const below = (bound: number) => Buffer.from(bytes(4)).readUInt32LE() % bound
  return {
    bytes,
    below,
    pick: (items) => itemAt(items, below(items.length)),
  }
}

const sha512 = (...parts: readonly Uint8Array[]) =>
  Uint8Array.from(createHash('sha512').update(Buffer.concat(parts)).digest())
const join = (...parts: readonly Uint8Array[]) => Uint8Array.from(Buffer.concat(parts))

/** A key pair with its secret scalar and its point, from which signatures can be forged at will. */
interface Secret {
  readonly publicKey: Uint8Array
  readonly scalar: bigint
  readonly point: Point
}

function secretFrom(seed: Uint8Array): Secret {
  const publicKey = nodeSignature.publicKey(seed)
  const clamped = (decodeInteger(sha512(seed).subarray(0, 32)) & (2n ** 254n - 8n)) | (2n ** 254n)
  return { publicKey, scalar: clamped % groupOrder, point: decodePoint(publicKey) }
}

const challenge = (commitment: Uint8Array, publicKey: Uint8Array, message: Uint8Array) =>
  decodeInteger(sha512(commitment, publicKey, message)) % groupOrder

/** A message whose challenge leaves `remainder` when divided by 8: so the torsion parts cancel out, or do not. */
function messageFor(chance: Chance, commitment: Uint8Array, publicKey: Uint8Array, accept: (rest: number) => boolean) {
  for (;;) {
    const message = chance.bytes(32)
    const hash = challenge(commitment, publicKey, message)
    if (accept(Number(hash % 8n))) return { message, hash }
  }
}

function signed(chance: Chance) {
  const seed = chance.bytes(32)
  const message = chance.bytes(chance.below(80))
  const signature = nodeSignature.sign(seed, message)
  const [commitment, scalar] = [signature.slice(0, 32), signature.slice(32)]
  return { publicKey: nodeSignature.publicKey(seed), message, signature, commitment, scalar }
}

function flipBit(bytes: Uint8Array, chance: Chance): Uint8Array {
  const bit = chance.below(bytes.length * 8)
  return bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
}

/** With the torsion points numbered `i` and `j` added to key and commitment; valid where these cancel out. */
function mixedOrder(chance: Chance, i: number, j: number, cancels: boolean): Omit<SignatureCase, 'kind'> {
  const key = secretFrom(chance.bytes(32))
  const nonce = secretFrom(chance.bytes(32))
  const publicKey = encodePoint(addPoints(key.point, itemAt(torsion, i)))
  const commitment = encodePoint(addPoints(nonce.point, itemAt(torsion, j)))
  const { message, hash } = messageFor(chance, commitment, publicKey, (rest) => ((j + rest * i) % 8 === 0) === cancels)
  const scalar = encodeInteger((nonce.scalar + hash * key.scalar) % groupOrder)
  return { publicKey, message, signature: join(commitment, scalar), valid: cancels }
}

type Maker = (chance: Chance) => Omit<SignatureCase, 'kind'>

/** One kind of case each. Most are signatures that a lenient or careless verifier accepts. */
const makers: Readonly<Record<string, Maker>> = {
  'as it was signed': (chance) => ({ ...signed(chance), valid: true }),

  'a bit of the signature flipped': (chance) => {
    const { publicKey, message, signature } = signed(chance)
    return { publicKey, message, signature: flipBit(signature, chance), valid: false }
  },

  'a bit of the key flipped': (chance) => {
    const { publicKey, message, signature } = signed(chance)
    return { publicKey: flipBit(publicKey, chance), message, signature, valid: false }
  },

  'a bit of the message flipped': (chance) => {
    const { publicKey, message, signature } = signed(chance)
    const changed = message.length > 0 ? flipBit(message, chance) : chance.bytes(1)
    return { publicKey, message: changed, signature, valid: false }
  },

  'a key that is chance': (chance) => ({ ...signed(chance), publicKey: chance.bytes(32), valid: false }),

  'a commitment that is chance': (chance) => {
    const { publicKey, message, scalar } = signed(chance)
    return { publicKey, message, signature: join(chance.bytes(32), scalar), valid: false }
  },

  'of another message': (chance) => ({ ...signed(chance), signature: signed(chance).signature, valid: false }),

  'its halves swapped': (chance) => {
    const { publicKey, message, commitment, scalar } = signed(chance)
    return { publicKey, message, signature: join(scalar, commitment), valid: false }
  },

  'a multiple of L added to S': (chance) => {
    const { publicKey, message, commitment, scalar } = signed(chance)
    const largest = (2n ** 256n - 1n - decodeInteger(scalar)) / groupOrder
    const multiple = 1n + (BigInt(chance.below(15)) % largest)
    const moved = encodeInteger(decodeInteger(scalar) + multiple * groupOrder)
    return { publicKey, message, signature: join(commitment, moved), valid: false }
  },

  'S negated': (chance) => {
    const { publicKey, message, commitment, scalar } = signed(chance)
    const negated = encodeInteger(groupOrder - decodeInteger(scalar))
    return { publicKey, message, signature: join(commitment, negated), valid: false }
  },

  'S at a limit': (chance) => {
    const { publicKey, message, commitment } = signed(chance)
    const limits = [0n, 1n, groupOrder - 1n, groupOrder, groupOrder + 1n, 2n ** 252n, 2n ** 255n, 2n ** 256n - 1n]
    const scalar = encodeInteger(chance.pick(limits))
    return { publicKey, message, signature: join(commitment, scalar), valid: false }
  },

  'the signature too short or too long': (chance) => {
    const { publicKey, message, signature } = signed(chance)
    const length = chance.pick([0, 1, 32, 63, 65, 96, 128])
    const resized = join(signature, signature).slice(0, length)
    return { publicKey, message, signature: resized, valid: false }
  },

  'the key too short or too long': (chance) => {
    const { publicKey, message, signature } = signed(chance)
    const length = chance.pick([0, 1, 31, 33, 64])
    return { publicKey: join(publicKey, publicKey).slice(0, length), message, signature, valid: false }
  },

  'a small-order key, under which anybody can sign': (chance) => {
    const publicKey = chance.pick(smallOrderEncodings)
    const nonce = secretFrom(chance.bytes(32))
    const { message } = messageFor(chance, nonce.publicKey, publicKey, (rest) => rest === 0)
    return { publicKey, message, signature: join(nonce.publicKey, encodeInteger(nonce.scalar)), valid: false }
  },

  'a small-order commitment, which gives the secret away': (chance) => {
    const key = secretFrom(chance.bytes(32))
    const commitment = chance.pick(smallOrderEncodings)
    const message = chance.bytes(32)
    const hash = challenge(commitment, key.publicKey, message)
    const scalar = encodeInteger((hash * key.scalar) % groupOrder)
    return { publicKey: key.publicKey, message, signature: join(commitment, scalar), valid: false }
  },

  'a key of mixed order, torsion canceled': (chance) => mixedOrder(chance, 1 + chance.below(7), 0, true),
  'a key of mixed order, torsion left': (chance) => mixedOrder(chance, 1 + chance.below(7), 0, false),
  'a commitment of mixed order': (chance) => mixedOrder(chance, 0, 1 + chance.below(7), false),
  'key and commitment of mixed order, torsion canceled': (chance) =>
    mixedOrder(chance, 1 + 2 * chance.below(4), 1 + chance.below(7), true),
}

export const caseKinds: readonly string[] = Object.keys(makers)

/** `count` cases, those from `start` on, of the endless row that `seed` determines: every kind in turn. */
export function signatureCases(seed: string, count: number, start = 0): readonly SignatureCase[] {
  const entries = Object.entries(makers)
  return Array.from({ length: count }, (_, offset) => {
    const index = start + offset
    const [kind, make] = itemAt(entries, index % entries.length)
    const { publicKey, message, signature, valid } = make(chanceFrom(`${seed}/${index}`))
    return { kind, publicKey, message, signature, valid }
  })
}
