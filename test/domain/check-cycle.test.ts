import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterOutage, nextInCycle } from '../../src/domain/check-cycle.js'

const periodMs = 12 * 60 * 60_000
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const time = fc.integer({ min: 0, max: 4_000_000_000_000 })

describe('check cycle', () => {
  it('never lets a tenth of a period pass too soon, nor a whole one too late', () => {
    fc.assert(
      fc.property(fraction, fraction, time, (phase, variation, lastAt) => {
        const gap = nextInCycle({ periodMs, phase, variation }, lastAt) - lastAt
        expect(gap).toBeGreaterThanOrEqual(0.1 * periodMs - 1)
        expect(gap).toBeLessThanOrEqual(periodMs)
      }),
    )
  })

  it('returns to its place within two checks, give or take a tenth, wherever it was', () => {
    fc.assert(
      fc.property(fraction, fc.array(fraction, { minLength: 8, maxLength: 8 }), time, (phase, variations, start) => {
        let at = start
        for (const variation of variations) at = nextInCycle({ periodMs, phase, variation }, at)
        const offset = (((at / periodMs - phase) % 1) + 1) % 1
        expect(Math.min(offset, 1 - offset)).toBeLessThanOrEqual(0.11)
      }),
    )
  })

  it('spreads a herd that starts at one time evenly over the period', () => {
    const hours = new Array<number>(12).fill(0)
    const clients = 12_000
    for (let client = 0; client < clients; client += 1) {
      let at = 0
      for (let cycle = 0; cycle < 6; cycle += 1) {
        at = nextInCycle(
          { periodMs, phase: client / clients, variation: ((client * 7919 + cycle * 104_729) % 10_007) / 10_007 },
          at,
        )
      }
      const hour = Math.floor((at % periodMs) / (periodMs / 12))
      hours[hour] = (hours[hour] ?? 0) + 1
    }
    expect(Math.max(...hours)).toBeLessThan(1.2 * (clients / 12))
  })

  it('meets a hub that comes back within a quarter of an hour', () => {
    expect(afterOutage(1_000, 0)).toBe(1_000)
    expect(afterOutage(1_000, 0.5)).toBe(1_000 + 7.5 * 60_000)
    expect(afterOutage(1_000, 0.999)).toBeLessThan(1_000 + 15 * 60_000)
  })
})
