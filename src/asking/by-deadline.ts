import type { Clock, Timer } from '../ports/clock.js'

/**
 * What `work` comes to by `endsAt`, in monotonic milliseconds, or `undefined` then: nobody waits any longer, and the
 * work goes on behind.
 */
export function byDeadline<Result>(clock: Clock, endsAt: number, work: Promise<Result>): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    let timer: Timer | undefined
    // First: should the clock fail, what becomes of the work must still have somebody who hears of it.
    work.then(resolve, reject).then(() => timer?.cancel())
    timer = clock.after(endsAt - clock.monotonic(), () => resolve(undefined))
  })
}
