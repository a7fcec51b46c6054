import { slowestPace } from '../../domain/download/download-pace.js'
import type { Clock, Timer } from '../../ports/clock.js'

/**
 * Sees to it that a download ends at its deadline, and sooner where it brings next to nothing: whoever answers byte by
 * byte, or not at all, would otherwise hold it for ever.
 */
export interface Pace {
  /** Aborts with the caller's signal, at the deadline, and when too little arrives. */
  readonly signal: AbortSignal
  /** Whether it was not the caller that ended it. */
  hasGivenUp(): boolean
  remainingMs(): number
  /** From here on something must arrive. */
  watch(): void
  arrived(bytes: number): void
  /** Waiting for a turn at the hub is no fault of the network. */
  pause(): void
  end(): void
}

export function createPace(clock: Clock, deadlineMs: number, signal: AbortSignal): Pace {
  const started = clock.monotonic()
  const givingUp = new AbortController()
  const giveUp = () => givingUp.abort()
  const ending = clock.after(deadlineMs, giveUp)
  let period: Timer | undefined
  let total = 0

  function watch(): void {
    period?.cancel()
    const before = total
    period = clock.after(slowestPace.periodMs, () => {
      if (total - before < slowestPace.bytes) giveUp()
      else watch()
    })
  }

  return {
    signal: AbortSignal.any([signal, givingUp.signal]),
    hasGivenUp: () => givingUp.signal.aborted && !signal.aborted,
    remainingMs: () => deadlineMs - (clock.monotonic() - started),
    watch,
    arrived(bytes) {
      total += bytes
    },
    pause: () => period?.cancel(),
    end() {
      period?.cancel()
      ending.cancel()
    },
  }
}
