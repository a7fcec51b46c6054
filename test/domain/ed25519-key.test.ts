import { describe, expect, it } from 'vitest'
import { isCanonicalSignature, publicKeyProblem } from '../../src/domain/ed25519-key.js'

const p = 2n ** 255n - 19n
const order = 2n ** 252n + 27742317777372353535851937790883648493n
const signBit = 2n ** 255n

function bytes(value: bigint, length = 32): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn))
}

const modulo = (value: bigint): bigint => ((value % p) + p) % p

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  for (let square = modulo(base), rest = exponent; rest > 0n; rest >>= 1n, square = modulo(square * square)) {
    if (rest & 1n) result = modulo(result * square)
  }
  return result
}

const inverse = (value: bigint): bigint => power(value, p - 2n)
const d = modulo(-121665n * inverse(121666n))

/** The x-coordinate for `y`, or `undefined` where the curve -x² + y² = 1 + dx²y² has none. */
function abscissa(y: bigint): bigint | undefined {
  const square = modulo((y * y - 1n) * inverse(d * y * y + 1n))
  const root = power(square, (p + 3n) / 8n)
  const rootOfMinusOne = power(2n, (p - 1n) / 4n)
  return [root, modulo(root * rootOfMinusOne)].find((x) => modulo(x * x) === square)
}

function double([x, y]: readonly [bigint, bigint]): readonly [bigint, bigint] {
  const product = modulo(d * x * x * y * y)
  return [modulo(2n * x * y * inverse(1n + product)), modulo((y * y + x * x) * inverse(1n - product))]
}

/** Whether a point with this y-coordinate becomes the neutral element when it is doubled three times. */
function hasSmallOrder(y: bigint): boolean {
  const x = abscissa(y)
  if (x === undefined) return false
  const [eightX, eightY] = double(double(double([x, y])))
  return eightX === 0n && eightY === 1n
}

/** Solutions of 8P = O: orders 1, 2 and 4 are known by heart, those of order 8 double to y = 0, so that x² = -y². */
const orderEight = [
  0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n,
  0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n,
]
const smallOrdinates = [0n, 1n, p - 1n, ...orderEight]

describe('publicKeyProblem', () => {
  it.each(smallOrdinates)(
    'refuses y = %d, which has a small order by the arithmetic of the curve, with either sign',
    (y) => {
      expect(hasSmallOrder(y)).toBe(true)
      expect(publicKeyProblem(bytes(y))).toBe('small-order')
      expect(publicKeyProblem(bytes(y + signBit))).toBe('small-order')
    },
  )

  it.each(Array.from({ length: 19 }, (_, index) => p + BigInt(index)))(
    'refuses y = %d, a second encoding of a number below 19, with either sign',
    (y) => {
      expect(publicKeyProblem(bytes(y))).toBe('non-canonical')
      expect(publicKeyProblem(bytes(y + signBit))).toBe('non-canonical')
    },
  )

  it.each([
    ['the base point', 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a'],
    ['RFC 8032, test 2', '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c'],
    ['RFC 8032, test 3', 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025'],
  ])('has nothing against %s', (_what, hex) => {
    const key = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
    expect(publicKeyProblem(key)).toBeUndefined()
  })

  it('has nothing against the neighbors of what it refuses', () => {
    for (const y of [2n, p - 2n, ...orderEight.map((ordinate) => ordinate + 1n)]) {
      expect(hasSmallOrder(y)).toBe(false)
      expect(publicKeyProblem(bytes(y))).toBeUndefined()
      expect(publicKeyProblem(bytes(y + signBit))).toBeUndefined()
    }
  })

  it.each([0, 31, 33, 64])('refuses %i bytes', (length) => {
    expect(publicKeyProblem(bytes(9n, length))).toBe('wrong-length')
  })
})

describe('isCanonicalSignature', () => {
  const signature = (scalar: bigint): Uint8Array => Uint8Array.of(...bytes(7n), ...bytes(scalar))

  it.each([
    ['0', 0n, true],
    ['L - 1', order - 1n, true],
    ['L', order, false],
    ['L + 1, which would verify as 1 does', order + 1n, false],
    ['2L', 2n * order, false],
    ['the highest', 2n ** 256n - 1n, false],
  ])('with S = %s: %s', (_what, scalar, expected) => {
    expect(isCanonicalSignature(signature(scalar))).toBe(expected)
  })

  it.each([0, 32, 63, 65])('refuses %i bytes', (length) => {
    expect(isCanonicalSignature(new Uint8Array(length))).toBe(false)
  })
})
