/** How fast bytes arrive, as seen at one time. */
export interface Speed {
  readonly bytes: number
  /** On the monotonic clock. */
  readonly time: number
  /** `null` until there is something to compare with. */
  readonly bytesPerSecond: number | null
}

/** The time in which an older rate loses most of its weight. */
const memoryMs = 3_000

/** The speed after `bytes` in all have arrived by `time`: the later, the more it counts. */
export function measureSpeed(before: Speed, bytes: number, time: number): Speed {
  const elapsedMs = time - before.time
  if (elapsedMs <= 0) return before
  const current = ((bytes - before.bytes) * 1000) / elapsedMs
  const { bytesPerSecond: previous } = before
  const weight = 1 - Math.exp(-elapsedMs / memoryMs)
  return { bytes, time, bytesPerSecond: previous === null ? current : previous + weight * (current - previous) }
}

/** How long the rest takes at this speed; `null` while nothing arrives. */
export function remainingMs({ bytes, bytesPerSecond }: Speed, total: number): number | null {
  return bytesPerSecond ? Math.ceil(((total - bytes) * 1000) / bytesPerSecond) : null
}
