import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isAnything,
  isBoolean,
  isCount,
  isFiniteNumber,
  isNumericDate,
  isSha256Hex,
  isString,
  isText,
  isTime,
  listOf,
  nullable,
  objectOf,
  oneOf,
  type Shape,
} from '../../src/protocol/shape.js'

interface Person {
  readonly name: string
  readonly age?: number
}

const isPerson = objectOf<Person>({ name: isText, age: isCount }, ['age'])
const notANumber = [Number.POSITIVE_INFINITY, Number.NaN, '1768478400', null, undefined]

const tables: readonly [string, Shape<unknown>, readonly unknown[], readonly unknown[]][] = [
  ['anything', isAnything, ['', 0, null, undefined, {}], []],
  ['a string', isString, ['', 'plain', '\uD800'], [5, null, undefined, ['a']]],
  ['a text', isText, ['', 'plain', 'żółw 🐢', '__proto__'], ['\uD800', 'a\uDC00b', '\uDC00\uD800', 5, null]],
  ['a boolean', isBoolean, [true, false], [0, 'true', null]],
  ['a finite number', isFiniteNumber, [0, -0.5, 1e308], notANumber],
  ['a count', isCount, [0, 1, 2 ** 53 - 1], [-1, 0.5, 2 ** 53, ...notANumber]],
  ['a time', isTime, [0, -8.64e15, 8.64e15, 0.5], [-8.65e15, 8.65e15, ...notANumber]],
  [
    'seconds since the epoch',
    isNumericDate,
    [0, 1768478400, 1768478400.25, 8_640_000_000_000],
    [-1, 8_640_000_000_001, ...notANumber],
  ],
  [
    'a SHA-256',
    isSha256Hex,
    ['0123456789abcdef'.repeat(4)],
    ['0123456789ABCDEF'.repeat(4), 'ab'.repeat(31), 'xy'.repeat(32), `${'ab'.repeat(32)}\n`, ['ab'.repeat(32)], null],
  ],
  ['one of two words', oneOf(['hub', 'offline']), ['hub', 'offline'], ['Hub', '', 'toString', 0, null]],
  ['a count or null', nullable(isCount), [0, null], [-1, undefined]],
  ['a list of counts', listOf(isCount), [[], [1, 2]], [[1, -2], [null], { length: 0 }, 'list', null]],
  [
    'a person',
    isPerson,
    [{ name: 'Ada' }, { name: 'Ada', age: 36 }, { name: 'Ada', born: 'later versions may say' }],
    [{}, { age: 36 }, { name: 'Ada', age: -1 }, { name: 'Ada', age: undefined }, [], 'Ada', null, undefined],
  ],
]

describe.each(tables)('%s', (_, fits, good, bad) => {
  it.each(good.map((value) => [value]))('may be %j', (value) => {
    expect(fits(value)).toBe(true)
  })

  it.each(bad.map((value) => [value]))('may not be %j', (value) => {
    expect(fits(value)).toBe(false)
  })
})

describe('a member', () => {
  it('must be the own one of the object, whatever every other object inherits', () => {
    expect(isPerson(Object.create({ name: 'Ada' }))).toBe(false)
  })

  it('may be called like what every object inherits', () => {
    const isOdd = objectOf<{ readonly constructor: string }>({ constructor: isText })
    expect(isOdd({})).toBe(false)
    expect(isOdd({ constructor: 'Ada' })).toBe(true)
  })
})

it('never throws, and never changes what it looks at', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const before = JSON.stringify(value)
      for (const [, fits] of tables) expect(typeof fits(value)).toBe('boolean')
      expect(JSON.stringify(value)).toBe(before)
    }),
  )
})
