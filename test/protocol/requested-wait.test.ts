import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { requestedWaitMs, spentForMs } from '../../src/protocol/requested-wait.js'

const dayMs = 86_400_000
const date = 'Thu, 15 Jan 2026 12:00:00 GMT'
const now = Date.parse(date)
const epoch = now / 1000

const asked = (headers: Record<string, string>, machine = now) => requestedWaitMs(headers, machine)
const spent = (headers: Record<string, string>, machine = now) => spentForMs(headers, machine)

describe('the wait that a hub asks for when it turns a request away', () => {
  it.each<[string, Record<string, string>, number | null]>([
    ['nothing', {}, null],
    ['Retry-After', { 'retry-after': '7' }, 7_000],
    ['the draft in its present form', { ratelimit: '"default";r=0;t=30' }, 30_000],
    ['the draft in its older form', { ratelimit: 'limit=10, remaining=0, reset=30' }, 30_000],
    ['the draft in its oldest form', { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' }, 30_000],
    ['the draft without a count', { 'ratelimit-reset': '30' }, 30_000],
    ['X-RateLimit with a delay', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' }, 30_000],
    ['X-RateLimit with a fraction of a delay', { 'x-ratelimit-reset': '0.2505' }, 251],
    ['X-RateLimit with a time', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(epoch + 30) }, 30_000],
    ['X-RateLimit with a fraction of a time', { 'x-ratelimit-reset': `${epoch + 90}.25` }, 90_250],
    ['X-RateLimit with a time in milliseconds', { 'x-ratelimit-reset': String(now + 1_500) }, 1_500],
    ['X-RateLimit with a time that has passed', { 'x-ratelimit-reset': String(epoch - 30) }, 0],
  ])('%s', (_form, headers, expected) => {
    expect(asked(headers)).toBe(expected)
  })

  it.each<[string, Record<string, string>, number]>([
    ['Retry-After before all others', { 'retry-after': '1', ratelimit: 'a;r=0;t=2', 'x-ratelimit-reset': '3' }, 1_000],
    ['RateLimit before X-RateLimit', { ratelimit: 'a;r=0;t=2', 'x-ratelimit-reset': '3' }, 2_000],
    ['RateLimit-Reset before X-RateLimit', { 'ratelimit-reset': '2', 'x-ratelimit-reset': '3' }, 2_000],
    [
      'what is understood before what is not',
      { 'retry-after': 'soon', ratelimit: '?', 'x-ratelimit-reset': '3' },
      3_000,
    ],
    ['what is spent before what is not', { ratelimit: 'a;r=5;t=2', 'x-ratelimit-reset': '3' }, 3_000],
    ['the longest of several policies that are spent', { ratelimit: 'a;r=0;t=2, b;r=0;t=9, c;r=1;t=99' }, 9_000],
  ])('goes by %s', (_rule, headers, expected) => {
    expect(asked(headers)).toBe(expected)
  })

  it.each([
    { 'retry-after': '99999999999' },
    { ratelimit: '"default";r=0;t=999999999' },
    { 'ratelimit-reset': '86401' },
    { 'x-ratelimit-reset': '999999999' },
    { 'x-ratelimit-reset': String(epoch + 40 * 86_400) },
    { 'x-ratelimit-reset': '99999999999' },
    { 'x-ratelimit-reset': '9'.repeat(400) },
  ])('is never believed beyond a day: %o', (headers) => {
    expect(asked(headers)).toBe(dayMs)
  })

  it.each([
    { 'x-ratelimit-reset': '-5' },
    { 'x-ratelimit-reset': '1e3' },
    { 'x-ratelimit-reset': '0x10' },
    { 'x-ratelimit-reset': '.5' },
    { 'x-ratelimit-reset': '30, 40' },
    { 'x-ratelimit-reset': 'NaN' },
    { 'x-ratelimit-reset': date },
    { 'x-ratelimit-reset': '30', 'x-ratelimit-remaining': '3' },
    { 'x-ratelimit-reset': '30', 'x-ratelimit-remaining': '-1' },
    { 'x-ratelimit-reset': '30', 'x-ratelimit-remaining': '' },
    { 'x-ratelimit-remaining': '0' },
    { ratelimit: '"default";r=0' },
    { ratelimit: '"default";r=0;t=-30' },
    { ratelimit: '"default";r="0";t=30' },
    { ratelimit: '"default"r=0;t=30' },
    { ratelimit: 'limit=10, remaining=0' },
    { ratelimit: 'remaining=0 reset=30' },
  ])('is not made up from %o', (headers) => {
    expect(asked(headers)).toBeNull()
  })

  it.each([
    ['a day behind', now - dayMs],
    ['a day ahead', now + dayMs],
  ])('ends at a time that is measured against the Date of the response, on a machine that is %s', (_, machine) => {
    expect(asked({ 'x-ratelimit-reset': String(epoch + 30), date }, machine)).toBe(30_000)
  })
})

describe('an answer after which nothing is left', () => {
  it.each<[string, Record<string, string>, number | null]>([
    ['says so in the present draft', { ratelimit: '"default";r=0;t=30' }, 30_000],
    ['says so in the older draft', { ratelimit: 'limit=10, remaining=0, reset=30' }, 30_000],
    ['says so in the oldest draft', { 'ratelimit-remaining': '0', 'ratelimit-reset': '30' }, 30_000],
    ['says so as X-RateLimit', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': `${epoch + 42}.5` }, 42_500],
    ['is not one that merely names a reset', { 'ratelimit-reset': '30', 'x-ratelimit-reset': '30' }, null],
    ['is not one with something left', { 'x-ratelimit-remaining': '1', 'x-ratelimit-reset': '30' }, null],
    ['is not one with Retry-After alone', { 'retry-after': '43' }, null],
    ['is not one without headers', {}, null],
  ])('%s', (_form, headers, expected) => {
    expect(spent(headers)).toBe(expected)
  })
})

describe('whatever stands in the headers', () => {
  it('names a wait between nothing and a day, or none', () => {
    const names = [
      'retry-after',
      'date',
      'ratelimit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'x-ratelimit-remaining',
      'x-ratelimit-reset',
    ]
    const value = fc.oneof(
      fc.string(),
      fc.nat().map(String),
      fc.double({ noNaN: true }).map(String),
      fc.constantFrom('0', 'a;r=0;t=5', 'remaining=0, reset=7', date),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), value), fc.integer(), (headers, at) => {
        for (const wait of [requestedWaitMs(headers, at), spentForMs(headers, at)]) {
          expect(wait === null || (wait >= 0 && wait <= dayMs)).toBe(true)
        }
      }),
      { numRuns: 1_000 },
    )
  })
})
