import type { Clock } from '../ports/clock.js'
import { builtIn } from './built-in.js'

/** A longer delay would overflow and fire at once. */
const longestDelayMs = 2 ** 31 - 1

const timerDelay = (delayMs: number) => Math.min(Math.max(0, delayMs), longestDelayMs)

let bootName: string | undefined

/** Linux names its boots. Elsewhere the time of the start has to do, to the minute: it is computed anew each time. */
function nameBoot(): string {
  try {
    return builtIn.fileSystem().readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return `started-${Math.round((Date.now() / 1000 - builtIn.operatingSystem().uptime()) / 60)}`
  }
}

export const systemClock: Clock = {
  now: () => Date.now(),

  // Counted from the start of the machine on every system that Node runs on, not from the start of this process.
  monotonic: () => Number(process.hrtime.bigint() / 1000n) / 1000,

  boot() {
    bootName ??= nameBoot()
    return bootName
  },

  after(delayMs, callback) {
    const timer = setTimeout(callback, timerDelay(delayMs))
    timer.unref()
    return { cancel: () => clearTimeout(timer) }
  },

  async sleep(delayMs, signal) {
    const { setTimeout: delay } = builtIn.timers()
    await delay(timerDelay(delayMs), undefined, signal && { signal }).catch(() => undefined)
  },
}
