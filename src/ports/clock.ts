/** A timer that can be called off. */
export interface Timer {
  cancel(): void
}

export interface Clock {
  /** Wall clock, epoch milliseconds. May jump either way: users and NTP set it. */
  now(): number
  /** Milliseconds that only move forward, the same for every process of this boot. */
  monotonic(): number
  /** Names this boot of the machine: monotonic times of two boots cannot be compared. */
  boot(): string
  /** Runs `callback` after `delayMs`. Does not keep the process alive. */
  after(delayMs: number, callback: () => void): Timer
  /** Resolves after `delayMs`, earlier when `signal` aborts. Keeps the process alive: somebody is waiting. */
  sleep(delayMs: number, signal?: AbortSignal): Promise<void>
}
