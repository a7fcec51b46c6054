import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { elasticExpiry } from '../../src/emulator/rate-limit/elastic-expiry.js'
import { fixedWindow } from '../../src/emulator/rate-limit/fixed-window.js'
import { movingWindow } from '../../src/emulator/rate-limit/moving-window.js'
import { slidingWindowCounter } from '../../src/emulator/rate-limit/sliding-window-counter.js'
import type { Strategy } from '../../src/emulator/rate-limit/strategy.js'
import type { RateLimit } from '../../src/protocol/routes.js'

/** Which of the hits at these moments are admitted. */
function admitted<Count>(strategy: Strategy<Count>, hits: readonly number[], limit: RateLimit): boolean[] {
  let count: Count | undefined
  return hits.map((now) => {
    const [next, admission] = strategy(count, now, limit)
    count = next
    return admission.allowed
  })
}

const twoPerMinute: RateLimit = { limit: 2, windowMs: 60_000 }
const yes = true
const no = false

describe('fixed window', () => {
  it.each([
    ['counts up to the limit', [0, 1, 2], [yes, yes, no]],
    ['starts at the first hit, not on the full minute', [59_000, 60_000, 61_000, 118_999], [yes, yes, no, no]],
    ['ends exactly one window after its first hit', [59_000, 59_001, 118_999, 119_000], [yes, yes, no, yes]],
    ['lets twice the limit pass around its end', [0, 59_999, 60_000, 60_001], [yes, yes, yes, yes]],
  ])('%s', (_, hits, expected) => {
    expect(admitted(fixedWindow, hits, twoPerMinute)).toEqual(expected)
  })

  it('says how many are left and when it ends', () => {
    const [count, first] = fixedWindow(undefined, 1000, twoPerMinute)
    expect(first).toEqual({ allowed: true, remaining: 1, resetAt: 61_000 })
    expect(fixedWindow({ ...count, hits: 7 }, 2000, twoPerMinute)[1]).toEqual({
      allowed: false,
      remaining: 0,
      resetAt: 61_000,
    })
  })
})

describe('elastic expiry', () => {
  it.each([
    ['never lets in who keeps knocking', [0, 1, 2, 60_001, 120_000, 179_999], [yes, yes, no, no, no, no]],
    ['lets in who was silent for a window', [0, 1, 2, 60_002], [yes, yes, no, yes]],
  ])('%s', (_, hits, expected) => {
    expect(admitted(elasticExpiry, hits, twoPerMinute)).toEqual(expected)
  })
})

describe('moving window', () => {
  it.each([
    ['counts a hit that is exactly one window old', [0, 1, 60_000, 60_001], [yes, yes, no, yes]],
    ['does not count denied hits', [0, 1, 30_000, 60_002, 60_003], [yes, yes, no, yes, yes]],
    ['never lets more than the limit into any window', [0, 59_999, 60_001, 60_002], [yes, yes, yes, no]],
  ])('%s', (_, hits, expected) => {
    expect(admitted(movingWindow, hits, twoPerMinute)).toEqual(expected)
  })
})

describe('sliding window counter', () => {
  it.each([
    ['is aligned to the clock', [59_000, 59_001, 59_002, 60_000], [yes, yes, no, no]],
    ['weighs the previous window by what is left of it', [0, 1, 89_999, 90_000], [yes, yes, yes, no]],
    ['forgets what is two windows old', [0, 1, 120_000, 120_001], [yes, yes, yes, yes]],
  ])('%s', (_, hits, expected) => {
    expect(admitted(slidingWindowCounter, hits, twoPerMinute)).toEqual(expected)
  })
})

const gaps = fc.array(fc.oneof(fc.integer({ min: 0, max: 40 }), fc.constantFrom(99, 100, 101, 250)), { maxLength: 60 })
const scenario = fc.record({ start: fc.nat(1000), gaps, limit: fc.integer({ min: 1, max: 6 }) })

/** Each model keeps all hits and counts anew every time, straight from the rule's wording. */
function checkedAgainst<Count>(
  strategy: Strategy<Count>,
  admits: (now: number, earlier: readonly { at: number; allowed: boolean }[], limit: number) => boolean,
): void {
  const windowMs = 100
  fc.assert(
    fc.property(scenario, ({ start, gaps: distances, limit }) => {
      let now = start
      const hits = distances.map((gap) => {
        now += gap
        return now
      })
      const seen: { at: number; allowed: boolean }[] = []
      for (const at of hits) seen.push({ at, allowed: admits(at, seen, limit) })
      expect(admitted(strategy, hits, { limit, windowMs })).toEqual(seen.map(({ allowed }) => allowed))
    }),
    { numRuns: 300 },
  )
}

describe('against a model that counts all hits anew', () => {
  it('the fixed window agrees', () => {
    checkedAgainst(fixedWindow, (now, earlier, limit) => {
      let windowStart = Number.NEGATIVE_INFINITY
      for (const { at } of earlier) if (at >= windowStart + 100) windowStart = at
      const inWindow = now < windowStart + 100 ? earlier.filter(({ at }) => at >= windowStart).length : 0
      return inWindow < limit
    })
  })

  it('the elastic window agrees', () => {
    checkedAgainst(elasticExpiry, (now, earlier, limit) => {
      let run = 0
      let next = now
      for (const { at } of [...earlier].reverse()) {
        if (next - at >= 100) break
        run += 1
        next = at
      }
      return run < limit
    })
  })

  it('the moving window agrees', () => {
    checkedAgainst(
      movingWindow,
      (now, earlier, limit) => earlier.filter(({ at, allowed }) => allowed && at >= now - 100).length < limit,
    )
  })

  it('the sliding window counter agrees', () => {
    checkedAgainst(slidingWindowCounter, (now, earlier, limit) => {
      const window = Math.floor(now / 100)
      const counted = (number: number) =>
        earlier.filter(({ at, allowed }) => allowed && Math.floor(at / 100) === number).length
      const covered = 100 - (now % 100)
      return Math.floor((counted(window - 1) * covered) / 100 + counted(window)) < limit
    })
  })
})
