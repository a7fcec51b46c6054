import type { ClockState, Entitlement } from './record.js'
import { trustEnd } from './trust-period.js'
import type { VerificationPolicy } from './verification-policy.js'

/** How far clocks may disagree before it means anything. */
export const clockToleranceMs: number = 5 * 60_000

const floorStepMs = 60 * 60_000
const dayMs = 24 * 60 * 60_000

export interface ClockReading {
  /** The time to judge by, on the hub's clock. */
  readonly time: number
  /** The machine's clock runs behind a time that has certainly passed. */
  readonly behindFloor: boolean
}

/**
 * The time on the hub's clock. A machine whose clock was turned back, to stretch a grace period or to bring an expired
 * license back, is judged at the latest time that has certainly passed.
 */
export function readClock(clock: ClockState, now: number): ClockReading {
  const time = now + clock.offset
  return { time: Math.max(time, clock.floor), behindFloor: time < clock.floor - clockToleranceMs }
}

/**
 * The clock after an answer that was made for this very request. Such an answer is fresh by definition, so its time
 * overrules everything that was believed before, also downwards: a clock that once ran ahead is forgiven.
 */
export function synchronizeClock(issuedAt: number, receivedAt: number): ClockState {
  return { offset: issuedAt - receivedAt, floor: issuedAt }
}

/**
 * The clock with its floor raised to the present, or the same object when that is not worth a write. The floor never
 * passes the end of the grace period by more than a day: a clock that jumps ahead once must not poison the record
 * for longer than the license would have lasted anyway.
 */
export function raiseFloor(
  clock: ClockState,
  entitlement: Entitlement | null,
  policy: VerificationPolicy,
  now: number,
): ClockState {
  if (!entitlement) return clock
  const floor = Math.min(readClock(clock, now).time, trustEnd(entitlement, policy) + dayMs)
  return floor >= clock.floor + floorStepMs ? { ...clock, floor } : clock
}
