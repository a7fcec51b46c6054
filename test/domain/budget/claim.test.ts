import { describe, expect, it } from 'vitest'
import { type Claim, isAtWork, isOver, longestClaimMs, type ProcessState } from '../../../src/domain/budget/claim.js'

const present = { timeline: 'this boot', time: 1_000 }
const holder = { space: 'machine', processId: 7, startedAt: '500' }
const claimUntil = (endsAt: number, timeline = present.timeline): Claim => ({ holder, timeline, endsAt })

const inTime = claimUntil(1_001)
const cases: readonly [name: string, Claim, ProcessState, isAnybodyThere: boolean, isOver: boolean][] = [
  ['stays with a living holder, whoever has the lock', inTime, 'alive', false, false],
  ['stays with a living holder that has the lock', inTime, 'alive', true, false],
  ['is over with a dead holder, though its lock is still there', inTime, 'dead', true, true],
  ['stays with a holder out of sight that keeps its lock', inTime, 'unknown', true, false],
  ['is over with a holder out of sight that keeps no lock', inTime, 'unknown', false, true],
  ['ends with its time, alive or not', claimUntil(1_000), 'alive', false, true],
  ['but not while another one that is not seen here keeps the lock', claimUntil(1_000), 'dead', true, false],
  ['lasts a few minutes at most, whatever it says', claimUntil(1_001 + longestClaimMs), 'alive', false, true],
  ['means nothing after another start of the machine', claimUntil(1_001, 'last boot'), 'alive', false, true],
]

describe('a claim', () => {
  it.each(cases)('%s', (_name, claim, state, isAnybodyThere, expected) => {
    expect(isOver(claim, state, { present, isAnybodyThere })).toBe(expected)
  })
})

describe('the holder of a claim', () => {
  it.each<[name: string, Claim, ProcessState, expected: boolean]>([
    ['is at work while it lives', inTime, 'alive', true],
    ['is not, where it is dead', inTime, 'dead', false],
    ['is not for certain, where it cannot be seen', inTime, 'unknown', false],
    ['has had its time', claimUntil(1_000), 'alive', false],
    ['is believed for a few minutes at most', claimUntil(1_001 + longestClaimMs), 'alive', false],
    ['is none of this start of the machine', claimUntil(1_001, 'last boot'), 'alive', false],
  ])('%s', (_name, claim, state, expected) => {
    expect(isAtWork(claim, state, present)).toBe(expected)
  })
})
