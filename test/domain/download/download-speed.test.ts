import { describe, expect, it } from 'vitest'
import { measureSpeed, remainingMs, type Speed } from '../../../src/domain/download/download-speed.js'

const start: Speed = { bytes: 0, time: 0, bytesPerSecond: null }

describe('the speed of a download', () => {
  it('is at first what has arrived', () => {
    expect(measureSpeed(start, 500, 100)).toEqual({ bytes: 500, time: 100, bytesPerSecond: 5_000 })
  })

  it('follows a change within seconds, and does not jump', () => {
    let speed = measureSpeed(start, 1_000, 1_000)
    speed = measureSpeed(speed, 1_200, 1_100)
    expect(speed.bytesPerSecond).toBeGreaterThan(1_000)
    expect(speed.bytesPerSecond).toBeLessThan(1_100)
    for (let time = 1_200; time <= 16_100; time += 100) speed = measureSpeed(speed, speed.bytes + 200, time)
    expect(speed.bytesPerSecond).toBeCloseTo(2_000, -2)
  })

  it('is not measured on a clock that stands still', () => {
    expect(measureSpeed(start, 500, 0)).toBe(start)
  })

  it('tells how long the rest takes, while something arrives', () => {
    expect(remainingMs({ bytes: 500, time: 0, bytesPerSecond: 1_000 }, 1_500)).toBe(1_000)
    expect(remainingMs({ bytes: 500, time: 0, bytesPerSecond: 0 }, 1_500)).toBeNull()
    expect(remainingMs(start, 1_500)).toBeNull()
  })
})
