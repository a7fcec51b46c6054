/** One operation at a time: whoever asks for it meanwhile gets the same answer. */
export type SingleFlight<Result> = (deadlineMs: number, signal?: AbortSignal) => Promise<Result>

interface Flight<Result> {
  readonly result: Promise<Result>
  readonly controller: AbortController
  waiting: number
}

/**
 * The operation has the deadline of the call that started it. It is aborted only when everybody who waits for it has
 * given up.
 */
export function singleFlight<Result>(
  operation: (deadlineMs: number, signal: AbortSignal) => Promise<Result>,
): SingleFlight<Result> {
  let current: Flight<Result> | undefined

  function end(flight: Flight<Result>): void {
    if (current === flight) current = undefined
  }

  function takeOff(deadlineMs: number): Flight<Result> {
    const controller = new AbortController()
    const flight: Flight<Result> = { result: operation(deadlineMs, controller.signal), controller, waiting: 0 }
    flight.result.then(
      () => end(flight),
      () => end(flight),
    )
    return flight
  }

  return async (deadlineMs, signal) => {
    signal?.throwIfAborted()
    current ??= takeOff(deadlineMs)
    const flight = current
    flight.waiting += 1
    return new Promise((resolve, reject) => {
      const leave = () => {
        reject(signal?.reason)
        flight.waiting -= 1
        if (flight.waiting > 0) return
        end(flight)
        flight.controller.abort(signal?.reason)
      }
      signal?.addEventListener('abort', leave, { once: true })
      flight.result.then(resolve, reject).finally(() => signal?.removeEventListener('abort', leave))
    })
  }
}
