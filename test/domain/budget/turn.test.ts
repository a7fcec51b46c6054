import { describe, expect, it } from 'vitest'
import {
  type Line,
  lineMovesAt,
  type Turn,
  turnsAhead,
  withoutTurn,
  withTurn,
} from '../../../src/domain/budget/turn.js'

const turn = (id: string, at: number): Turn => ({ id, at })
const names = (line: Line) => line.map(({ id }) => id).join(' ')
const lineOf = (...turns: readonly Turn[]) => turns.reduce<Line>((line, next) => withTurn(line, next, 0), [])

describe('a line of calls that wait', () => {
  it('lets go first whoever came first', () => {
    const line = lineOf(turn('a', 9), turn('b', 5))
    expect(names(line)).toBe('a b')
    expect(names(turnsAhead(line, 'b', 0))).toBe('a')
    expect(names(turnsAhead(line, undefined, 0))).toBe('a b')
  })

  it('keeps the position of a call whose turn moves in time', () => {
    const line = lineOf(turn('a', 1), turn('b', 2), turn('c', 3))
    expect(withTurn(line, turn('b', 900), 0)).toEqual([turn('a', 1), turn('b', 900), turn('c', 3)])
  })

  it('does not wait for those who are a tenth of a second late', () => {
    const line = lineOf(turn('a', 1_000), turn('b', 1_050), turn('c', 1_000))
    const aheadAt = (time: number) => names(turnsAhead(line, 'c', time))
    expect([1_099, 1_100, 1_150].map(aheadAt)).toEqual(['a b', 'b', ''])
    expect(names(withTurn(line, turn('d', 2_000), 1_100))).toBe('b d')
    expect(names(withTurn(line, turn('b', 2_000), 1_150))).toBe('b')
  })

  it('is looked at again shortly after the one ahead should have gone, and when it will not be waited for', () => {
    const line = lineOf(turn('a', 1_000), turn('b', 2_000), turn('c', 3_000))
    const movesAt = (id: string, time: number) => lineMovesAt(line, id, time)
    expect([1_000, 2_024, 2_025, 2_099].map((time) => movesAt('c', time))).toEqual([2_025, 2_025, 2_100, 2_100])
    expect(movesAt('b', 2_000)).toBe(Number.POSITIVE_INFINITY)
    expect(movesAt('a', 0)).toBe(Number.POSITIVE_INFINITY)
  })

  it('closes up where a call leaves it', () => {
    const line = lineOf(turn('a', 1), turn('b', 2))
    expect(names(withoutTurn(line, 'a'))).toBe('b')
    expect(names(withoutTurn(line, 'nobody'))).toBe('a b')
  })
})
