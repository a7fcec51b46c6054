import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterOutage, nextInCycle } from '../../../src/domain/schedule/check-cycle.js'

const periodMs = 12 * 60 * 60_000
/** The places of an installation lie nine tenths of a period apart. */
const spacingMs = 0.9 * periodMs
const fraction = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
const time = fc.integer({ min: 0, max: 4_000_000_000_000 })

describe('check cycle', () => {
  it('never lets a tenth of a period pass too soon, nor a whole one too late', () => {
    fc.assert(
      fc.property(fraction, fraction, time, (phase, variation, lastAt) => {
        const gap = nextInCycle({ periodMs, phase, variation }, lastAt) - lastAt
        expect(gap).toBeGreaterThanOrEqual(0.1 * periodMs - 1)
        expect(gap).toBeLessThanOrEqual(periodMs + 1)
      }),
    )
  })

  it('returns to its place, or up to a tenth of a period behind it, wherever it was', () => {
    fc.assert(
      fc.property(fraction, fc.array(fraction, { minLength: 8, maxLength: 8 }), time, (phase, variations, start) => {
        let at = start
        for (const variation of variations) at = nextInCycle({ periodMs, phase, variation }, at)
        const behind = (((at / spacingMs - phase) % 1) + 1) % 1
        // A check at the very place may count as one at the end of the round before.
        expect(Math.min(behind, 1 - behind)).toBeLessThanOrEqual(1 / 9 + 1e-6)
      }),
    )
  })

  it('varies from cycle to cycle for as long as it runs', () => {
    const variationAt = (cycle: number) => ((cycle * 7919) % 10_007) / 10_007
    const gaps: number[] = []
    for (let cycle = 0, at = 0; cycle < 400; cycle += 1) {
      const next = nextInCycle({ periodMs, phase: 0.3, variation: variationAt(cycle) }, at)
      if (cycle >= 300) gaps.push((next - at) / periodMs)
      at = next
    }
    expect(Math.max(...gaps) - Math.min(...gaps)).toBeGreaterThan(0.1)
  })

  it('never brings together again, in its next round, a herd that asked at one instant', () => {
    const minutes = new Map<number, number>()
    const clients = 72_000
    for (let client = 0; client < clients; client += 1) {
      const variation = ((client * 7919) % 10_007) / 10_007
      const minute = Math.floor(nextInCycle({ periodMs, phase: client / clients, variation }, 0) / 60_000)
      minutes.set(minute, (minutes.get(minute) ?? 0) + 1)
    }
    expect(Math.max(...minutes.values())).toBeLessThan(1.5 * (clients / 720))
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
      const hour = Math.floor((at % spacingMs) / (spacingMs / 12))
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
