import { requireNames } from './require-names.js'
import { TestbedError } from './testbed-error.js'

/** A span of time, by its parts: `{ days: 20 }`. */
export interface Duration {
  /** @defaultValue 0 */
  readonly days?: number
  /** @defaultValue 0 */
  readonly hours?: number
  /** @defaultValue 0 */
  readonly minutes?: number
}

const minuteMs = 60_000
const partMs: Readonly<Record<keyof Duration, number>> = {
  days: 1_440 * minuteMs,
  hours: 60 * minuteMs,
  minutes: minuteMs,
}

/** @throws TestbedError `invalid-duration` when it is not a span of time that can pass. */
export function durationMs(duration: Duration): number {
  requireNames(duration, 'advance', partMs, 'invalid-duration')
  const { days = 0, hours = 0, minutes = 0 } = duration
  const total = days * partMs.days + hours * partMs.hours + minutes * partMs.minutes
  if (Number.isFinite(total) && [days, hours, minutes].every(canPass)) return total
  const sentence = 'Time can only move forward: give days, hours and minutes as numbers that are not negative.'
  throw new TestbedError('invalid-duration', sentence)
}

/** Of a text, arithmetic makes a number; it is a slip all the same. */
function canPass(part: unknown): boolean {
  return typeof part === 'number' && part >= 0
}
