import type { Clock } from '../ports/clock.js'

/** A call's position in a {@link WaitingLine}. */
export interface Position {
  isFirst(): boolean
  /** Resolves when the call becomes the first, after `delayMs` at the latest, earlier when `signal` aborts. */
  pause(delayMs: number, signal?: AbortSignal): Promise<void>
  /** Lets the next one step forward. Must be called once, whatever happens. */
  leave(): void
}

/**
 * The calls of one process that wait for the same thing, in the order in which they came. Without it they would wake up
 * together and take each other's turn.
 */
export interface WaitingLine {
  join(): Position
}

interface Waiting {
  wake(): void
}

export function waitingLine(clock: Clock): WaitingLine {
  const line: Waiting[] = []

  return {
    join() {
      const waiting: Waiting = { wake: () => undefined }
      line.push(waiting)

      return {
        isFirst: () => line[0] === waiting,
        async pause(delayMs, signal) {
          const stepForward = new AbortController()
          waiting.wake = () => stepForward.abort()
          await clock.sleep(delayMs, signal ? AbortSignal.any([signal, stepForward.signal]) : stepForward.signal)
        },
        leave() {
          const [first] = line
          line.splice(line.indexOf(waiting), 1)
          if (line[0] !== first) line[0]?.wake()
        },
      }
    },
  }
}
