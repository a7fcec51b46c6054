import type { BackOff } from '../license/record.js'
import { type Setback, setbackKind } from '../license/setback.js'

const minuteMs = 60_000
const hourMs = 60 * minuteMs

const backOffBounds = {
  refusal: { first: 12 * hourMs, longest: 48 * hourMs },
  'non-answer': { first: 5 * minuteMs, longest: 6 * hourMs },
} as const

/**
 * The back-off after one more attempt that brought no word of the hub.
 *
 * @param fraction - Uniform in [0, 1): spreads the retries of many machines by a fifth either way.
 */
export function backOffAfter(previous: BackOff | null, setback: Setback, now: number, fraction: number): BackOff {
  const kind = setbackKind(setback.reason)
  const failures = previous && setbackKind(previous.reason) === kind ? previous.failures + 1 : 1
  const { first, longest } = backOffBounds[kind]
  const delay = Math.min(first * 2 ** (failures - 1), longest) * (0.8 + 0.4 * fraction)
  return {
    reason: setback.reason,
    failures,
    attemptedAt: now,
    until: Math.max(now + Math.round(delay), setback.retryAt),
  }
}
