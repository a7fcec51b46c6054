import type { TransportRequest, TransportResult } from '../ports/transport.js'

/** A longer timer would overflow and fire at once. */
const longestTimerMs = 2 ** 31 - 1

/**
 * Runs an exchange under its total deadline and the caller's signal. An exchange that does not heed its signal is left
 * behind: nobody waits longer than the deadline. Rejects only when the caller aborts.
 */
export async function withDeadline(
  { deadlineMs, signal }: Pick<TransportRequest, 'deadlineMs' | 'signal'>,
  exchange: (signal: AbortSignal) => Promise<TransportResult>,
): Promise<TransportResult> {
  signal?.throwIfAborted()
  const controller = new AbortController()
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      settle()
      reject(signal?.reason)
    }
    const timer = setTimeout(
      () => {
        settle()
        resolve({ ok: false, reason: 'timeout', cause: undefined })
      },
      Math.min(deadlineMs, longestTimerMs),
    )
    const settle = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', onAbort)
      controller.abort()
    }
    signal?.addEventListener('abort', onAbort, { once: true })
    exchange(controller.signal).then(
      (result) => {
        settle()
        resolve(result)
      },
      (error: unknown) => {
        settle()
        reject(error)
      },
    )
  })
}
