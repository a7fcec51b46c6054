import { expect, it } from 'vitest'
import { domainLimit, tierIncludes } from '../../src/emulator/hub/tier.js'

it.each([
  ['starter', 'free', true],
  ['starter', 'starter', true],
  ['starter', 'business', false],
  ['agency', 'business', true],
  ['free', 'starter', false],
  ['platinum', 'free', true],
  ['platinum', 'starter', false],
  ['platinum', 'platinum', true],
  ['agency', 'platinum', false],
])('a %s license gets what needs %s: %s', (tier, requiredTier, included) => {
  expect(tierIncludes(tier, requiredTier)).toBe(included)
})

it('gives a tier that nobody has documented one domain', () => {
  expect(domainLimit('platinum')).toBe(1)
})
