import { describe, expect, it } from 'vitest'
import { isNewerVersion } from '../../../src/domain/update/version-order.js'

describe('a newer version', () => {
  it.each([
    ['1.10.0', '1.9.0', true],
    ['1.5.0', '1.5.0-rc.1', true],
    ['1.5.0-rc.10', '1.5.0-rc.9', true],
    ['1.9.0', '1.10.0', false],
    ['1.5.0', '1.5.0', false],
    ['1.5.0+b', '1.5.0+a', false],
    ['1.5.0-rc.1', '1.5.0', false],
    ['v2.0.0', '1.5.0', false],
    ['2.0', '1.5.0', false],
  ])('%s after %s: %s', (version, other, expected) => {
    expect(isNewerVersion(version, other)).toBe(expected)
  })
})
