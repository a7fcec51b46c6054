import { measureSpeed, remainingMs, type Speed } from '../../domain/download/download-speed.js'
import type { Clock } from '../../ports/clock.js'
import type { ReportProgress } from './flights.js'

/** Tells how far one download is, now and then. */
export interface Progress {
  /** Bytes begin to arrive, or do again, behind the first `bytes`. */
  begin(bytes: number): void
  /** `bytes` are there. */
  reach(bytes: number): void
  finish(): void
}

/** Often enough for a bar that moves, rarely enough to cost nothing. */
const reportEveryMs = 100

export function createProgress(clock: Clock, total: number, report: ReportProgress): Progress {
  let begun = false
  let speed: Speed = { bytes: 0, time: clock.monotonic(), bytesPerSecond: null }
  return {
    begin(bytes) {
      speed = { ...speed, bytes, time: clock.monotonic() }
      if (!begun) report({ stage: 'started', bytes, total })
      begun = true
    },
    reach(bytes) {
      const time = clock.monotonic()
      if (time - speed.time < reportEveryMs) return
      speed = measureSpeed(speed, bytes, time)
      report({
        stage: 'progress',
        bytes,
        total,
        bytesPerSecond: Math.round(speed.bytesPerSecond ?? 0),
        remainingMs: remainingMs(speed, total),
      })
    },
    finish: () => report({ stage: 'verified', bytes: total, total }),
  }
}
