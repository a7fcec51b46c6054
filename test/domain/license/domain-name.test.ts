import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deviceDomain, isStagingDomain, parseDomainName } from '../../../src/domain/license/domain-name.js'

const label63 = 'a'.repeat(63)
const longestDomain = `${label63}.${label63}.${label63}.${'a'.repeat(61)}`

describe('parseDomainName', () => {
  it.each([
    ['a plain name', 'mysite.com', 'mysite.com'],
    ['upper case', 'MySite.COM', 'mysite.com'],
    ['surrounding blanks', '  mysite.com\n', 'mysite.com'],
    ['a scheme', 'https://mysite.com', 'mysite.com'],
    ['an upper-case scheme', 'HTTP://mysite.com', 'mysite.com'],
    ['a port', 'mysite.com:8443', 'mysite.com'],
    ['a port left empty', 'mysite.com:', 'mysite.com'],
    ['a path', 'mysite.com/shop/', 'mysite.com'],
    ['a query', 'mysite.com?a=b', 'mysite.com'],
    ['a fragment', 'mysite.com#top', 'mysite.com'],
    ['a path of several lines', 'mysite.com/a\nb', 'mysite.com'],
    ['www', 'www.mysite.com', 'mysite.com'],
    ['www in upper case', 'WWW.mysite.com', 'mysite.com'],
    ['www twice', 'www.www.mysite.com', 'mysite.com'],
    ['a trailing dot', 'mysite.com.', 'mysite.com'],
    ['everything at once', ' https://WWW.MySite.com.:8443/shop/?a#b ', 'mysite.com'],
    ['a subdomain', 'shop.mysite.com', 'shop.mysite.com'],
    ['a name that only begins like www', 'wwwmysite.com', 'wwwmysite.com'],
    ['a domain that is called www', 'www.com', 'www.com'],
    ['a domain that is called www, with www', 'www.www.com', 'www.com'],
    ['www alone', 'www', 'www'],
    ['a single label', 'localhost', 'localhost'],
    ['a single label with www', 'www.localhost', 'www.localhost'],
    ['digits and hyphens', '4-you.example', '4-you.example'],
    ['an IPv4 address', 'http://192.168.0.10:3000/', '192.168.0.10'],
    ['an international name', 'münchen.de', 'xn--mnchen-3ya.de'],
    ['an international name in upper case', 'https://www.MÜNCHEN.de:8080/x', 'xn--mnchen-3ya.de'],
    ['an international name, decomposed', 'mu\u0308nchen.de', 'xn--mnchen-3ya.de'],
    ['an international name in ASCII already', 'XN--MNCHEN-3YA.de', 'xn--mnchen-3ya.de'],
    ['ideographic full stops', '例え。jp。', 'xn--r8jz45g.jp'],
    ['full-width letters', 'ｍｙｓｉｔｅ.com', 'mysite.com'],
    ['a Kelvin sign, which is a k', '\u212Aelvin.com', 'kelvin.com'],
    ['the longest name', longestDomain, longestDomain],
    ['the longest name with www and a trailing dot', `www.${longestDomain}.`, longestDomain],
  ])('normalizes %s', (_what, input, domain) => {
    expect(parseDomainName(input)).toEqual({ ok: true, domain })
  })

  it.each([
    ['nothing', '', 'empty'],
    ['blanks', '  ', 'empty'],
    ['a scheme alone', 'https://', 'empty'],
    ['a path alone', '/shop', 'empty'],
    ['a port alone', ':80', 'empty'],
    ['a dot', '.', 'illegal-character'],
    ['an underscore', 'my_site.com', 'illegal-character'],
    ['a blank inside', 'my site.com', 'illegal-character'],
    ['a wildcard', '*.mysite.com', 'illegal-character'],
    ['a user before the host', 'https://me@mysite.com', 'illegal-character'],
    ['a percent sign', 'my%73ite.com', 'illegal-character'],
    ['a backslash', 'mysite.com\\shop', 'illegal-character'],
    ['a control character', 'my\u0000site.com', 'illegal-character'],
    ['a symbol', 'my☃site.com', 'illegal-character'],
    ['an international name with a symbol', 'münchen!.de', 'illegal-character'],
    ['letters that no domain name may have', 'a\u0378\u00FC.de', 'illegal-character'],
    ['an international name that no host can have', 'xn--ü.de', 'illegal-character'],
    ['an IPv6 address', 'http://[::1]:3000/', 'illegal-character'],
    ['two dots', 'my..site.com', 'illegal-label'],
    ['a leading dot', '.mysite.com', 'illegal-label'],
    ['a leading hyphen', '-mysite.com', 'illegal-label'],
    ['a trailing hyphen', 'mysite-.com', 'illegal-label'],
    ['a label of 64 characters', `${label63}a.com`, 'illegal-label'],
    ['254 characters', `a${longestDomain.replace(/a$/, '')}aa`.slice(0, 254), 'too-long'],
  ])('refuses %s', (_what, input, problem) => {
    expect(parseDomainName(input)).toEqual({ ok: false, problem })
  })

  it('changes nothing in what it has normalized, so that one site never takes two slots', () => {
    const piece = fc.constantFrom(
      'www.',
      'WWW.',
      'a',
      'com',
      '.',
      '-',
      'ü',
      '。',
      ':80',
      '/',
      'https://',
      '1',
      'ß',
      ' ',
    )
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 9 }), (pieces) => {
        const parsed = parseDomainName(pieces.join(''))
        if (parsed.ok) expect(parseDomainName(parsed.domain)).toEqual(parsed)
      }),
      { numRuns: 3000 },
    )
  })

  it('never throws, whatever is written', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        expect(typeof parseDomainName(text).ok).toBe('boolean')
      }),
      { numRuns: 1000 },
    )
  })
})

function domain(text: string) {
  const parsed = parseDomainName(text)
  if (!parsed.ok) throw new Error(`The test has a bad domain: ${text}`)
  return parsed.domain
}

describe('isStagingDomain', () => {
  it.each([
    ['localhost', true],
    ['shop.test', true],
    ['shop.local', true],
    ['shop.dev', true],
    ['shop.staging', true],
    ['a.b.staging', true],
    ['mysite.com', false],
    ['staging.mysite.com', false],
    ['shop.localhost', false],
    ['notlocalhost', false],
    ['test', false],
    ['contest', false],
    ['shop.test.com', false],
  ])('%s: %s', (name, expected) => {
    expect(isStagingDomain(domain(name))).toBe(expected)
  })

  it('is false for a domain that is not known yet', () => {
    expect(isStagingDomain('auto')).toBe(false)
  })
})

describe('deviceDomain', () => {
  it('is the first 16 digits of the digest under an ending that no site can have', () => {
    const digest = '0123456789abcdef'.repeat(4)
    expect(deviceDomain(digest)).toBe('0123456789abcdef.device.invalid')
    expect(isStagingDomain(deviceDomain(digest))).toBe(false)
  })

  it.each(['', 'not a digest'])('refuses %j, which is no digest', (digest) => {
    expect(() => deviceDomain(digest)).toThrow(RangeError)
  })
})
