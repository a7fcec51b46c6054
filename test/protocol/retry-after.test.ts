import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { retryAfterMs } from '../../src/protocol/retry-after.js'

const dayMs = 86_400_000
const now = Date.parse('1994-11-06T08:48:37Z')

const wait = (value: string, headers: Record<string, string> = {}) =>
  retryAfterMs({ 'retry-after': value, ...headers }, now)

describe('retryAfterMs', () => {
  it.each([
    ['60', 60_000],
    [' 60 ', 60_000],
    ['0', 0],
    ['007', 7_000],
    ['86400', dayMs],
  ])('reads the seconds %j', (value, expected) => {
    expect(wait(value)).toBe(expected)
  })

  it.each(['86401', '99999999999', '9'.repeat(16), '9'.repeat(400)])(
    'believes no more than a day, whatever %s says',
    (value) => {
      expect(wait(value)).toBe(dayMs)
    },
  )

  it.each([
    ['of RFC 9110', 'Sun, 06 Nov 1994 08:49:37 GMT'],
    ['of RFC 850', 'Sunday, 06-Nov-94 08:49:37 GMT'],
    ['of asctime', 'Sun Nov  6 08:49:37 1994'],
    ['that ends in -0000, as Python writes it', 'Sun, 06 Nov 1994 08:49:37 -0000'],
  ])('reads a date %s', (_, value) => {
    expect(wait(value)).toBe(60_000)
    expect(wait(` ${value} `)).toBe(60_000)
  })

  it('reads an asctime date with two digits for the day', () => {
    expect(wait('Wed Nov 16 08:48:37 1994')).toBe(dayMs)
    expect(wait('Sun Nov 06 08:49:37 1994')).toBe(60_000)
  })

  it('takes a date in the past for now', () => {
    expect(wait('Sun, 06 Nov 1994 08:00:00 GMT')).toBe(0)
  })

  it('believes no date that is more than a day ahead', () => {
    expect(wait('Mon, 06 Nov 2034 08:49:37 GMT')).toBe(dayMs)
  })

  it.each([
    ['a day behind', now - dayMs],
    ['a day ahead', now + dayMs],
  ])('measures a date against the Date of the response, on a machine that is %s', (_, machine) => {
    const headers = { 'retry-after': 'Sun, 06 Nov 1994 08:49:37 GMT', date: 'Sun, 06 Nov 1994 08:48:37 GMT' }
    expect(retryAfterMs(headers, machine)).toBe(60_000)
  })

  it.each(['', 'yesterday', '2026-01-15T12:00:00Z'])('measures a date against the machine when Date is %j', (date) => {
    expect(wait('Sun, 06 Nov 1994 08:49:37 GMT', { date })).toBe(60_000)
  })

  it.each([
    '-5',
    '+5',
    '1.5',
    '1e3',
    '0x10',
    '60, 120',
    '60;',
    '6 0',
    '٦٠',
    '',
    ' ',
    'soon',
    'NaN',
    'Infinity',
    '1994-11-06T08:49:37Z',
    'Sun, 06 Nov 1994 08:49:37',
    'Sun, 06 Nov 1994 08:49:37 +0100',
    'Sun, 06 Nov 1994 08:49:37 EST',
    'Sun, 06 Nov 1994 25:49:37 GMT',
    'Sun, 99 Nov 1994 08:49:37 GMT',
    'Sun, 06 Foo 1994 08:49:37 GMT',
    'Sunday, 06-Nov-94 08:49:37 -0000',
    'sun, 06 nov 1994 08:49:37 gmt',
  ])('does not understand %j, and says so', (value) => {
    expect(wait(value)).toBeNull()
  })

  it('says nothing when the header is missing', () => {
    expect(retryAfterMs({}, now)).toBeNull()
    expect(retryAfterMs({ date: 'Sun, 06 Nov 1994 08:49:37 GMT' }, now)).toBeNull()
  })

  it('answers with a wait between nothing and a day, or not at all, to whatever stands there', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.integer(), (value, date, at) => {
        const result = retryAfterMs({ 'retry-after': value, date }, at)
        expect(result === null || (result >= 0 && result <= dayMs)).toBe(true)
      }),
    )
  })

  it.each(['Pacific/Kiritimati', 'America/St_Johns', 'Asia/Kathmandu'])(
    'reads an asctime date as GMT where the time zone is %s',
    (zone) => {
      vi.stubEnv('TZ', zone)
      try {
        expect(new Date(now).getTimezoneOffset()).not.toBe(0)
        expect(wait('Sun Nov  6 08:49:37 1994')).toBe(60_000)
      } finally {
        vi.unstubAllEnvs()
      }
    },
  )
})
