/** A call that waits for its place, and when it expects it. */
export interface Turn {
  readonly id: string
  readonly at: number
}

/**
 * The calls of all processes that wait for a place, in the order in which they came and get one. It lets nobody in and
 * keeps nobody out: it spares those behind from waking up for a place that another one takes, of which there would be as
 * many as processes.
 */
export type Line = readonly Turn[]

/** Whoever is this late for its turn was killed, or is too slow to be waited for. */
const overdueMs = 100

/** Those who go before the call `id`, or before one that has not lined up. */
export function turnsAhead(line: Line, id: string | undefined, time: number): Line {
  const place = line.findIndex((turn) => turn.id === id)
  return inTime(place < 0 ? line : line.slice(0, place), time)
}

/** How soon after its turn whoever goes ahead has usually taken its place. */
const promptMs = 25

/**
 * When the call `id` should look at the line again: whoever goes right before it has then taken its place, or has given
 * up, so that the place would stay empty until the next turn.
 */
export function lineMovesAt(line: Line, id: string, time: number): number {
  const { at } = turnsAhead(line, id, time).at(-1) ?? { at: Number.POSITIVE_INFINITY }
  return at + promptMs > time ? at + promptMs : at + overdueMs
}

/** The line with a turn that is new, or moved in time and not in the line. */
export function withTurn(line: Line, turn: Turn, time: number): Line {
  const isIn = line.some(({ id }) => id === turn.id)
  return inTime(isIn ? line.map((other) => (other.id === turn.id ? turn : other)) : [...line, turn], time)
}

export function withoutTurn(line: Line, id: string): Line {
  return line.filter((turn) => turn.id !== id)
}

function inTime(line: Line, time: number): Line {
  return line.filter(({ at }) => time - at < overdueMs)
}
