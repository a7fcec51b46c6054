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

/** @throws RangeError when it is not a span of time that can pass. */
export function durationMs({ days = 0, hours = 0, minutes = 0 }: Duration): number {
  const total = ((days * 24 + hours) * 60 + minutes) * minuteMs
  if (Number.isFinite(total) && total >= 0) return total
  throw new RangeError('Time can only move forward: give days, hours and minutes as numbers that are not negative.')
}
