import { describe, expect, it } from 'vitest'
import { isVersionRange } from '../../../src/domain/update/version-range.js'

describe('a range of versions', () => {
  it.each(['>=1.4.0', '^1.2.3', '1.x', '>=1.0.0 <2.0.0', '1.2.3 - 2.3.4', '>=1.0.0-beta.1 || 3.0.0', '*'])(
    'may be %s',
    (text) => {
      expect(isVersionRange(text)).toBe(true)
    },
  )

  it.each(['new', '>=1.4.0 and more', '1.2.3.4', '>='.repeat(2), `>=1.0.0${' '.repeat(256)}`])('is not %j', (text) => {
    expect(isVersionRange(text)).toBe(false)
  })
})
