import { performance } from 'node:perf_hooks'
import type { Clock } from '../ports/clock.js'

/** A timer delay above 2^31-1 ms would fire at once. */
const longestDelayMs = 2 ** 31 - 1

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonic: () => performance.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, Math.min(Math.max(0, delayMs), longestDelayMs))
    timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },
}
