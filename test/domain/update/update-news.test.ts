import { describe, expect, it } from 'vitest'
import {
  doubtfulNewsLifetimeMs,
  isFreshNews,
  milestoneName,
  milestoneOf,
  newsLifetimeMs,
  noUpdateNews,
  type ReleaseNews,
} from '../../../src/domain/update/update-news.js'

const askedAt = 1_000_000
const news: ReleaseNews = { question: 'q', askedAt, offers: [], withheld: [] }
const doubtful: ReleaseNews = { ...news, withheld: [{ slug: 'card-payments', reason: 'proof-invalid' }] }

describe('what the hub said last', () => {
  it.each([
    ['at once', news, 'q', askedAt, true],
    ['until 12 hours have passed', news, 'q', askedAt + newsLifetimeMs - 1, true],
    ['no longer then', news, 'q', askedAt + newsLifetimeMs, false],
    ['for an hour where something was', doubtful, 'q', askedAt + doubtfulNewsLifetimeMs - 1, true],
    ['no longer then', doubtful, 'q', askedAt + doubtfulNewsLifetimeMs, false],
    ['never to another question', news, 'other', askedAt, false],
    ['never on a clock that stands before it', news, 'q', askedAt - 1, false],
    ['never where it has said nothing', null, 'q', askedAt, false],
  ])('is good %s', (_when, told, question, time, expected) => {
    expect(isFreshNews(told, question, time)).toBe(expected)
  })
})

describe('how far the hub has been seen to be', () => {
  it('is kept apart for each channel and each component', () => {
    const names = [
      milestoneName(null, 'a'),
      milestoneName('beta', 'a'),
      milestoneName('null', 'a'),
      milestoneName(null, 'b'),
    ]
    expect(new Set(names).size).toBe(4)
  })

  it('is unknown at first, whatever a component is called', () => {
    expect(milestoneOf(noUpdateNews, 'constructor')).toBeUndefined()
    const milestone = { version: '1.5.0', issuedAt: null }
    expect(milestoneOf({ ...noUpdateNews, milestones: { constructor: milestone } }, 'constructor')).toBe(milestone)
  })
})
