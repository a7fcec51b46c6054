import type { Clock } from '../ports/clock.js'

/** Where a manual clock begins unless told otherwise. */
export const startOfTime: number = Date.parse('2026-01-15T12:00:00Z')

/** A clock that only a test moves. */
export interface ManualClock extends Clock {
  /** Lets time pass: timers and sleepers that are due by then are served in order. */
  advance(ms: number): void
  /** How long until the next timer or sleeper is due; `undefined` when nobody waits. */
  untilNext(): number | undefined
  /** Sets the wall clock, as a user does; no time passes. */
  setWallClock(epochMs: number): void
}

interface Appointment {
  readonly due: number
  readonly keep: () => void
}

export interface ManualClockOptions {
  readonly at?: number
  /** A sleep moves the time itself, so that code that waits runs through without anybody moving the clock. */
  readonly selfWinding?: boolean
}

export function manualClock({ at = startOfTime, selfWinding = false }: ManualClockOptions = {}): ManualClock {
  let elapsed = 0
  let wallOffset = at
  let appointments: readonly Appointment[] = []

  function appoint(due: number, keep: () => void): Appointment {
    const appointment = { due, keep }
    appointments = [...appointments, appointment]
    return appointment
  }

  function cancel(appointment: Appointment): void {
    appointments = appointments.filter((other) => other !== appointment)
  }

  function nextAppointment(): Appointment | undefined {
    return [...appointments].sort((a, b) => a.due - b.due)[0]
  }

  function advance(ms: number): void {
    const target = elapsed + ms
    for (;;) {
      const next = nextAppointment()
      if (!next || next.due > target) break
      elapsed = Math.max(elapsed, next.due)
      cancel(next)
      next.keep()
    }
    elapsed = target
  }

  return {
    now: () => wallOffset + elapsed,
    monotonic: () => elapsed,
    boot: () => 'manual',
    after(delayMs, callback) {
      const appointment = appoint(elapsed + delayMs, callback)
      return { cancel: () => cancel(appointment) }
    },
    async sleep(delayMs, signal) {
      if (signal?.aborted) return
      if (selfWinding) {
        advance(delayMs)
        return
      }
      await new Promise<void>((resolve) => {
        const appointment = appoint(elapsed + delayMs, resolve)
        signal?.addEventListener(
          'abort',
          () => {
            cancel(appointment)
            resolve()
          },
          { once: true },
        )
      })
    },
    advance,
    untilNext() {
      const next = nextAppointment()
      return next && Math.max(0, next.due - elapsed)
    },
    setWallClock(epochMs) {
      wallOffset = epochMs - elapsed
    },
  }
}
