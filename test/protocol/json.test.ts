import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeJson, parseJson } from '../../src/protocol/json.js'

const bytes = (text: string) => new TextEncoder().encode(text)
const nested = (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`

describe('parseJson', () => {
  it('reads what encodeJson writes', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), (value) => {
        expect(parseJson(encodeJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  it('reads it with any blanks, as other encoders write it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.constantFrom(1, 2, '\t', '\n', ' \r\n'), (value, indent) => {
        const text = JSON.stringify(value, undefined, indent)
        expect(parseJson(bytes(text))).toEqual(JSON.parse(text))
      }),
    )
  })

  it.each([
    ['nothing', ''],
    ['half of an object', '{"a":'],
    ['a byte order mark', '\uFEFF{"a":1}'],
    ['two values', '{} {}'],
    ['a trailing comma', '{"a":1,}'],
    ['single quotes', "{'a':1}"],
    ['NaN', '{"a":NaN}'],
    ['HTML', '<!doctype html><p>{"a":1}</p>'],
    ['a raw line break in a string', '{"a":"\n"}'],
  ])('refuses %s', (_, text) => {
    expect(parseJson(bytes(text))).toBeUndefined()
  })

  it.each([
    ['a stray continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22]],
    ['an encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['UTF-16', [0x22, 0x00, 0x61, 0x00, 0x22, 0x00]],
  ])('refuses bytes that are not UTF-8: %s', (_, raw) => {
    expect(parseJson(Uint8Array.from(raw))).toBeUndefined()
  })

  describe('refuses a member that is named twice, of which parsers take either:', () => {
    it.each([
      ['at the top', '{"a":1,"a":2}'],
      ['with the same value', '{"a":1,"a":1}'],
      ['deeper', '{"b":[{"a":1,"a":2}]}'],
      ['spelled with an escape', '{"a":1,"\\u0061":2}'],
      ['the empty name', '{"":1,"":2}'],
      ['with blanks before the colon', '{"a" :1,"a"\n:2}'],
      ['the name of the prototype', '{"__proto__":1,"__proto__":2}'],
      ['in an object that a second one replaces', '{"a":{"b":1},"a":{}}'],
    ])('%s', (_, text) => {
      expect(() => JSON.parse(text)).not.toThrow()
      expect(parseJson(bytes(text))).toBeUndefined()
    })
  })

  it.each([
    ['the same name in two objects', '{"a":{"a":1},"b":{"a":2}}'],
    ['names that differ in case', '{"a":1,"A":2}'],
    ['a colon in a string', '{"a":"b\\":","c":":"}'],
    ['a text that looks like a member', '{"a":"\\"a\\":1"}'],
    ['a backslash at the end of a string', '{"a":"\\\\","b":1}'],
    ['names like numbers', '{"1":1,"0":2}'],
    ['the name of the prototype', '{"__proto__":{"a":1}}'],
  ])('reads %s', (_, text) => {
    expect(parseJson(bytes(text))).toEqual(JSON.parse(text))
  })

  it('changes no prototype', () => {
    const value = parseJson(bytes('{"__proto__":{"polluted":true}}'))
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
    expect(value).not.toHaveProperty('polluted', true)
    expect({}).not.toHaveProperty('polluted')
  })

  it('reads 64 levels and refuses more, ten thousand and a hundred thousand too', () => {
    expect(parseJson(bytes(nested(64)))).toEqual(JSON.parse(nested(64)))
    for (const levels of [65, 10_000, 100_000]) expect(parseJson(bytes(nested(levels)))).toBeUndefined()
    expect(parseJson(bytes(`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`))).toBeUndefined()
  })

  it('takes no longer than its input deserves', () => {
    // Had this to be read again from each of its places, the test would not end.
    const hostile = `["${'\\"'.repeat(500_000)}", ${'"a",'.repeat(100_000)} {"b"${' '.repeat(1_000_000)}:1}, "c"${' '.repeat(1_000_000)}]`
    expect(parseJson(bytes(hostile))).toBeDefined()
  })
})
