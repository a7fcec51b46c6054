/** A timer that can be called off. */
export interface Timer {
  cancel(): void
}

export interface Clock {
  /** Wall clock, epoch milliseconds. May jump either way: users and NTP set it. */
  now(): number
  /** Milliseconds that only move forward, of this boot. */
  monotonic(): number
  /** Runs `callback` after `delayMs`. Never keeps the process alive on its own. */
  after(delayMs: number, callback: () => void): Timer
}
