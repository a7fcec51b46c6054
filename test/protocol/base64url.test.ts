import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeBase64Url, encodeBase64Url } from '../../src/protocol/base64url.js'

describe('base64url', () => {
  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(decodeBase64Url(encodeBase64Url(bytes))).toEqual(bytes)
      }),
    )
  })

  it('encodes a view without the rest of its buffer', () => {
    expect(encodeBase64Url(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toBe('AgM')
  })

  it('reads the empty text as no bytes', () => {
    expect(decodeBase64Url('')).toEqual(new Uint8Array())
  })

  it.each([
    ['padding', 'AgM='],
    ['doubled padding', 'Ag=='],
    ['the other alphabet', '+/+/'],
    ['stray bits at the end', 'AgN'],
    ['other stray bits at the end', 'Ah'],
    ['a single character', 'A'],
    ['a blank', 'Ag M'],
    ['a line break', 'AgM\n'],
    ['a leading blank', ' AgM'],
    ['a full stop', 'AgM.'],
    ['a character beyond ASCII', 'AgMé'],
    ['a full-width letter', 'Ａg'],
    ['a lone surrogate', 'AgM\uD800'],
    ['a zero', 'AgM\0'],
  ])('refuses %s', (_, text) => {
    expect(decodeBase64Url(text)).toBeUndefined()
  })

  it('reads no second spelling of anything', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const bytes = decodeBase64Url(text)
        expect(bytes === undefined || encodeBase64Url(bytes) === text).toBe(true)
      }),
    )
  })
})
