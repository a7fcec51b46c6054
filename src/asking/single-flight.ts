/** One operation at a time: whoever asks for it meanwhile gets the same answer. */
export type SingleFlight<Terms, Result> = (terms: Terms, signal?: AbortSignal) => Promise<Result>

interface Flight<Result> {
  readonly result: Promise<Result>
  readonly controller: AbortController
  waiting: number
}

/**
 * The operation has the terms (deadline, priority) of the call that started it. It is aborted only when everybody who waits for it has
 * given up.
 */
export function singleFlight<Terms, Result>(
  operation: (terms: Terms, signal: AbortSignal) => Promise<Result>,
): SingleFlight<Terms, Result> {
  let current: Flight<Result> | undefined

  function end(flight: Flight<Result>): void {
    if (current === flight) current = undefined
  }

  function takeOff(terms: Terms): Flight<Result> {
    const controller = new AbortController()
    const flight: Flight<Result> = { result: operation(terms, controller.signal), controller, waiting: 0 }
    flight.result.then(
      () => end(flight),
      () => end(flight),
    )
    return flight
  }

  return async (terms, signal) => {
    signal?.throwIfAborted()
    current ??= takeOff(terms)
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
