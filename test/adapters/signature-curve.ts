/** The few facts of edwards25519 (RFC 8032 section 5.1) from which signatures are made that no honest signer makes. */

export interface Point {
  readonly x: bigint
  readonly y: bigint
}

const prime = 2n ** 255n - 19n
export const groupOrder: bigint = 2n ** 252n + 27742317777372353535851937790883648493n

const modulo = (value: bigint) => ((value % prime) + prime) % prime

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n
  let square = modulo(base)
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = modulo(result * square)
    square = modulo(square * square)
  }
  return result
}

const inverse = (value: bigint) => power(value, prime - 2n)
const curveConstant = modulo(-121665n * inverse(121666n))
const rootOfMinusOne = power(2n, (prime - 1n) / 4n)

export function addPoints(a: Point, b: Point): Point {
  const mixed = modulo(curveConstant * a.x * b.x * a.y * b.y)
  return {
    x: modulo((a.x * b.y + b.x * a.y) * inverse(1n + mixed)),
    y: modulo((a.y * b.y + a.x * b.x) * inverse(1n - mixed)),
  }
}

export function encodePoint({ x, y }: Point): Uint8Array {
  return encodeInteger(y | ((x & 1n) << 255n))
}

/** The point of a canonical encoding. Throws where there is none. */
export function decodePoint(bytes: Uint8Array): Point {
  const integer = decodeInteger(bytes)
  const y = integer & (2n ** 255n - 1n)
  const numerator = modulo(y * y - 1n)
  const denominator = modulo(curveConstant * y * y + 1n)
  const candidate = modulo(numerator * denominator ** 3n * power(numerator * denominator ** 7n, (prime - 5n) / 8n))
  const root = [candidate, modulo(candidate * rootOfMinusOne)].find((x) => modulo(denominator * x * x) === numerator)
  if (root === undefined) throw new RangeError('These bytes are no point of the curve.')
  const sign = integer >> 255n
  return { x: (root & 1n) === sign ? root : modulo(-root), y }
}

export function encodeInteger(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 0xffn))
}

export function decodeInteger(bytes: Uint8Array): bigint {
  return bytes.reduceRight((value, byte) => (value << 8n) | BigInt(byte), 0n)
}

const orderEight = decodePoint(Buffer.from('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex'))

/** The eight points whose order divides 8: multiples 0 to 7 of one of order 8. */
export const torsion: readonly Point[] = Array.from({ length: 7 }).reduce<Point[]>(
  (points) => [...points, addPoints(points.at(-1) ?? orderEight, orderEight)],
  [{ x: 0n, y: 1n }],
)

/** Every spelling of a point of small order that some decoder takes, with and without reduction of the coordinate. */
export const smallOrderEncodings: readonly Uint8Array[] = [
  ...torsion.map(encodePoint),
  ...[1n, prime - 1n].map((y) => encodeInteger(y | (1n << 255n))),
  ...[prime, prime + 1n].flatMap((y) => [encodeInteger(y), encodeInteger(y | (1n << 255n))]),
]
