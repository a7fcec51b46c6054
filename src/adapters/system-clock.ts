import { performance } from 'node:perf_hooks'
import { setTimeout as delay } from 'node:timers/promises'
import type { Clock } from '../ports/clock.js'

/** A longer delay would overflow and fire at once. */
const longestDelayMs = 2 ** 31 - 1

const timerDelay = (delayMs: number) => Math.min(Math.max(0, delayMs), longestDelayMs)

export const systemClock: Clock = {
  now: () => Date.now(),

  monotonic: () => performance.now(),

  after(delayMs, callback) {
    const timer = setTimeout(callback, timerDelay(delayMs))
    timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },

  async sleep(delayMs, signal) {
    await delay(timerDelay(delayMs), undefined, signal && { signal }).catch(() => undefined)
  },
}
