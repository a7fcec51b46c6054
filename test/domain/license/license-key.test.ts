import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isLicenseKey,
  type LicenseKey,
  maskLicenseKey,
  parseLicenseKey,
} from '../../../src/domain/license/license-key.js'

const key = 'FLVR-ABCD-EFGH-1234-MNOP'

describe('parseLicenseKey', () => {
  it.each([
    ['the canonical form', key],
    ['lower case', 'flvr-abcd-efgh-1234-mnop'],
    ['mixed case', 'FlVr-aBcD-EfGh-1234-mNoP'],
    ['surrounding blanks and line ends', ` \t${key}\r\n`],
    ['en dashes', key.replaceAll('-', '\u2013')],
    ['em dashes', key.replaceAll('-', '\u2014')],
    ['non-breaking hyphens', key.replaceAll('-', '\u2011')],
    ['minus signs', key.replaceAll('-', '\u2212')],
    ['full-width hyphens', key.replaceAll('-', '\uFF0D')],
    ['full-width letters and digits', 'ＦＬＶＲ-ＡＢＣＤ-ＥＦＧＨ-１２３４-ＭＮＯＰ'],
    ['blanks for hyphens', key.replaceAll('-', ' ')],
    ['non-breaking blanks around hyphens', key.replaceAll('-', '\u00A0-\u00A0')],
    ['doubled hyphens', key.replaceAll('-', '--')],
    ['zero-width spaces', [...key].join('\u200B')],
    ['zero-width joiners and non-joiners', key.replace('AB', 'A\u200D\u200CB')],
    ['a word joiner', key.replace('AB', 'A\u2060B')],
    ['a byte order mark', `\uFEFF${key}`],
    ['soft hyphens', key.replace('AB', 'A\u00ADB')],
    ['direction marks', `\u202A\u200E${key}\u200F\u202C`],
    ['an invisible character between blanks', ` \u200B ${key}`],
    ['a line break inside', 'FLVR-ABCD-\nEFGH-1234-MNOP'],
  ])('repairs %s', (_what, input) => {
    expect(parseLicenseKey(input)).toBe(key)
  })

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['another prefix', 'FLVX-ABCD-EFGH-1234-MNOP'],
    ['a group too few', 'FLVR-ABCD-EFGH-1234'],
    ['a group too many', `${key}-ABCD`],
    ['a short group', 'FLVR-ABC-EFGH-1234-MNOP'],
    ['a long group', 'FLVR-ABCDE-EFGH-1234-MNOP'],
    ['no hyphens', 'FLVRABCDEFGH1234MNOP'],
    ['underscores', key.replaceAll('-', '_')],
    ['a leading hyphen', `-${key}`],
    ['a trailing hyphen', `${key}-`],
    ['quotation marks', `"${key}"`],
    ['a word before it', `Key: ${key}`],
    ['two keys', `${key} ${key}`],
    ['Cyrillic lookalikes', key.replace('A', '\u0410')],
    ['letters with accents', key.replace('A', '\u00C4')],
    ['a dotless i, which is no ASCII letter', key.replace('A', '\u0131')],
  ])('refuses %s', (_what, input) => {
    expect(parseLicenseKey(input)).toBeUndefined()
  })

  it('finds the key in whatever separators, case and invisible characters it was pasted with', () => {
    const group = fc.stringMatching(/^[0-9A-Z]{4}$/)
    const noise = fc
      .array(fc.constantFrom('\u200B', '\u00AD', '\uFEFF', '\u200E'), { maxLength: 2 })
      .map((all) => all.join(''))
    const separator = fc.array(fc.constantFrom('-', ' ', '\u2013', '\u2212', '\uFF0D', '\u00A0', '\t'), {
      minLength: 1,
      maxLength: 3,
    })
    const groups = fc.array(fc.record({ group, lowerCase: fc.boolean(), noise, separator }), {
      minLength: 4,
      maxLength: 4,
    })
    fc.assert(
      fc.property(groups, (parts) => {
        const pasted = parts.map((part) => {
          const written = part.lowerCase ? part.group.toLowerCase() : part.group
          return `${part.separator.join('')}${written.slice(0, 2)}${part.noise}${written.slice(2)}`
        })
        const canonical = ['FLVR', ...parts.map((part) => part.group)].join('-')
        expect(parseLicenseKey(` FLVR${pasted.join('')}\n`)).toBe(canonical)
      }),
      { numRuns: 300 },
    )
  })
})

describe('isLicenseKey', () => {
  it.each([
    [key, true],
    [key.toLowerCase(), false],
    [` ${key}`, false],
    [`${key}\n`, false],
    [key.replaceAll('-', '\u2013'), false],
  ])('repairs nothing: %j is %s', (text, expected) => {
    expect(isLicenseKey(text)).toBe(expected)
  })
})

describe('maskLicenseKey', () => {
  it('shows the last group and nothing else of the key', () => {
    expect(maskLicenseKey(parseLicenseKey(key) as LicenseKey)).toBe('FLVR-****-****-****-MNOP')
  })
})
