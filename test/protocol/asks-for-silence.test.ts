import { describe, expect, it } from 'vitest'
import { asksForSilence } from '../../src/protocol/response.js'

describe('a response asks for silence', () => {
  it.each([
    [429, 'application/json', true],
    [429, 'text/html', true],
    [503, 'text/html', true],
    [503, undefined, true],
    [503, 'application/json', false],
    [500, 'text/html', false],
    [200, 'application/json', false],
  ])('%i in %s: %s', (status, contentType, expected) => {
    const headers: Record<string, string> = contentType === undefined ? {} : { 'content-type': contentType }
    expect(asksForSilence({ status, headers })).toBe(expected)
  })
})
