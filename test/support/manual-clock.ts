export { type ManualClock, type ManualClockOptions, manualClock, startOfTime } from '../../src/testing/manual-clock.js'

export const minuteMs = 60_000
export const hourMs: number = 60 * minuteMs
export const dayMs: number = 24 * hourMs
