import fc from 'fast-check'
import parse from 'semver/functions/parse.js'
import { describe, expect, it } from 'vitest'
import { isVersion } from '../../../src/domain/update/version.js'

/** The examples that https://semver.org links to. */
const valid = `0.0.4 1.2.3 10.20.30 1.1.2-prerelease+meta 1.1.2+meta 1.1.2+meta-valid 1.0.0-alpha 1.0.0-beta
1.0.0-alpha.beta 1.0.0-alpha.beta.1 1.0.0-alpha.1 1.0.0-alpha0.valid 1.0.0-alpha.0valid
1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay 1.0.0-rc.1+build.1 2.0.0-rc.1+build.123 1.2.3-beta
10.2.3-DEV-SNAPSHOT 1.2.3-SNAPSHOT-123 1.0.0 2.0.0 1.1.7 2.0.0+build.1848 2.0.1-alpha.1227 1.0.0-alpha+beta
1.2.3----RC-SNAPSHOT.12.9.1--.12+788 1.2.3----R-S.12.9.1--.12+meta 1.2.3----RC-SNAPSHOT.12.9.1--.12
1.0.0+0.build.1-rc.10000aaa-kk-0.1 1.0.0-0A.is.legal`.split(/\s+/)

const invalid = `1 1.2 1.2.3-0123 1.2.3-0123.0123 1.1.2+.123 +invalid -invalid -invalid+invalid -invalid.01 alpha
alpha.beta alpha.beta.1 alpha.1 alpha+beta alpha_beta alpha. alpha.. beta 1.0.0-alpha_beta -alpha. 1.0.0-alpha..
1.0.0-alpha..1 1.0.0-alpha...1 1.0.0-alpha....1 1.0.0-alpha.....1 1.0.0-alpha......1 1.0.0-alpha.......1 01.1.1
1.01.1 1.1.01 1.2.3.DEV 1.2-SNAPSHOT 1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788 1.2-RC-SNAPSHOT -1.0.3-gamma+b7718
+justmeta 9.8.7+meta+meta 9.8.7-whatever+meta+meta
99999999999999999999999.999999999999999999.99999999999999999----RC-SNAPSHOT.12.09.1--------------------------------..12`.split(
  /\s+/,
)

describe('isVersion', () => {
  it.each(valid)('accepts %s', (text) => {
    expect(isVersion(text)).toBe(true)
  })

  it.each(invalid)('refuses %s', (text) => {
    expect(isVersion(text)).toBe(false)
  })

  it.each([
    ['nothing', ''],
    ['a leading v', 'v1.2.3'],
    ['a leading equals sign', '=1.2.3'],
    ['surrounding blanks', ' 1.2.3 '],
    ['a trailing line break', '1.2.3\n'],
    ['Arabic digits', '\u0661.2.3'],
    ['a number that cannot be compared exactly', '9007199254740992.0.0'],
    ['a second number that cannot', '1.9007199254740992.0'],
    ['a third number that cannot', '1.2.9007199254740992-beta'],
    ['the one example of semver.org with such numbers', '99999999999999999999999.999999999999999999.99999999999999999'],
    ['more than 256 characters', `1.2.3-${'a'.repeat(251)}`],
  ])('refuses %s', (_what, text) => {
    expect(isVersion(text)).toBe(false)
  })

  it.each(['9007199254740991.9007199254740991.9007199254740991', `1.2.3-${'a'.repeat(250)}`])('accepts %s', (text) => {
    expect(isVersion(text)).toBe(true)
  })

  it('agrees with the semver library on everything but a leading v and blanks, which it does not let pass', () => {
    const piece = fc.constantFrom(
      '0',
      '1',
      '10',
      '01',
      '9007199254740991',
      '9007199254740992',
      'a',
      'Z',
      '-',
      '.',
      '+',
      'v',
      ' ',
      '_',
    )
    const near = fc.tuple(fc.constantFrom('1.2.3', '0.10.0', '1.2', ''), fc.array(piece, { maxLength: 8 }))
    const texts = fc.oneof(
      near.map(([start, rest]) => start + rest.join('')),
      fc.string({ unit: 'binary', maxLength: 12 }),
    )
    const counts = { valid: 0, invalid: 0 }
    fc.assert(
      fc.property(texts, (text) => {
        const accepted = parse(text) !== null && /^\d\S*$/.test(text)
        counts[accepted ? 'valid' : 'invalid'] += 1
        expect(isVersion(text)).toBe(accepted)
      }),
      { numRuns: 5000 },
    )
    expect(Math.min(counts.valid, counts.invalid)).toBeGreaterThan(100)
  })
})
