import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  countSchema,
  limitSchema,
  type Schema,
  sha256HexSchema,
  textSchema,
  timestampSchema,
} from '../../src/protocol/wire/primitives.js'

const accepts = <Output>(schema: Schema<Output>, value: unknown) => v.is(schema, value)

const tables: readonly [string, Schema<unknown>, readonly unknown[], readonly unknown[]][] = [
  [
    'a time',
    timestampSchema,
    [
      '2026-01-15T12:00:00Z',
      '2026-01-15T12:00:00+00:00',
      '2026-01-15T12:00:00.123456789Z',
      '2026-01-15T12:00:00-09:30',
      '2024-02-29T23:59:59Z',
      '2026-01-01T00:30:00+14:00',
    ],
    [
      '2026-01-15T12:00:00',
      '2026-01-15 12:00:00Z',
      '2026-01-15',
      '2026-02-30T00:00:00Z',
      '2025-02-29T00:00:00Z',
      '2026-13-01T00:00:00Z',
      '2026-00-10T00:00:00Z',
      '2026-01-15T25:00:00Z',
      '2026-01-15T12:60:00Z',
      '2026-01-15T12:00:00.Z',
      '+002026-01-15T12:00:00Z',
      'yesterday',
      '',
      1768478400,
      null,
    ],
  ],
  ['a text', textSchema, ['', 'plain', 'żółw 🐢', '__proto__'], ['\uD800', 'a\uDC00b', '\uDC00\uD800', 5, null]],
  ['a count', countSchema, [0, 1, 2 ** 53 - 1], [-1, 0.5, 2 ** 53, Number.POSITIVE_INFINITY, Number.NaN, '12', null]],
  ['a limit', limitSchema, [-1, 0, 25], [-2, 0.5, 2 ** 53, Number.POSITIVE_INFINITY, '1', null]],
  [
    'a SHA-256',
    sha256HexSchema,
    ['0123456789abcdef'.repeat(4)],
    ['0123456789ABCDEF'.repeat(4), 'ab'.repeat(31), 'ab'.repeat(33), 'xy'.repeat(32), `${'ab'.repeat(32)}\n`, '', null],
  ],
]

describe.each(tables)('%s', (_, schema, good, bad) => {
  it.each(good)('may be %j', (value) => {
    expect(accepts(schema, value)).toBe(true)
  })

  it.each(bad)('may not be %j', (value) => {
    expect(accepts(schema, value)).toBe(false)
  })
})
