import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Release } from '../../../src/domain/update/release.js'
import { chooseUpdate, judgeOffer } from '../../../src/domain/update/update-choice.js'

const release = (version: string, requiresProduct: string | null = null): Release => ({
  slug: 'flavor-starter',
  version,
  releasedAt: 0,
  channel: 'stable',
  changelogUrl: null,
  requiresProduct,
  mandatory: false,
  size: 1,
  sha256: '0'.repeat(64),
  filename: 'flavor-starter.zip',
  issuedAt: null,
  token: null,
})

describe('chooseUpdate', () => {
  it.each([
    ['a patch', '1.4.2', '1.4.3'],
    ['1.10 after 1.9, which a comparison of texts would turn round', '1.9.0', '1.10.0'],
    ['the release after its own pre-release', '1.5.0-rc.1', '1.5.0'],
    ['a later pre-release', '1.5.0-rc.2', '1.5.0-rc.10'],
    ['a pre-release of a later version', '1.4.2', '1.5.0-beta'],
    ['a later version with build metadata', '1.4.2+a', '1.4.3+a'],
  ])('offers %s', (_what, current, offered) => {
    expect(chooseUpdate(current, release(offered))).toEqual(release(offered))
  })

  it.each([
    ['an older version', '1.4.2', '1.4.1'],
    ['1.9 after 1.10', '1.10.0', '1.9.0'],
    ['an equal version', '1.4.2', '1.4.2'],
    ['a pre-release of the current version', '1.4.2', '1.4.2-rc.1'],
    ['an earlier pre-release', '1.5.0-rc.10', '1.5.0-rc.9'],
    ['the same version with other build metadata', '1.4.2+a', '1.4.2+b'],
    ['the same version with build metadata', '1.4.2', '1.4.2+b'],
    ['a malformed version', '1.4.2', '1.5'],
    ['a version with a leading v', '1.4.2', 'v1.5.0'],
    ['a version with numbers that cannot be compared', '1.4.2', '99999999999999999999.0.0'],
    ['an empty version', '1.4.2', ''],
  ])('offers nothing for %s', (_what, current, offered) => {
    expect(chooseUpdate(current, release(offered))).toBeNull()
  })

  it('offers nothing when the hub has nothing', () => {
    expect(chooseUpdate('1.4.2', null)).toBeNull()
  })

  it.each([
    ['1.4.2', null, true],
    ['1.4.2', '>=1.4.0', true],
    ['1.4.2', '>=1.4.0 <2', true],
    ['1.4.2', '^1.4', true],
    ['1.4.2', '*', true],
    ['1.4.2-beta.1', '>=1.4.0', true],
    ['1.4.2', '>=1.5.0', false],
    ['1.9.0', '>=1.10.0', false],
    ['1.4.2', '^2', false],
    ['1.4.2', 'not a range', false],
    ['1.4.2', '>=', false],
  ])('to %s with a release that requires %s: %s', (current, requires, expected) => {
    expect(chooseUpdate(current, release('3.0.0', requires)) !== null).toBe(expected)
  })

  it('never throws and never leads back, whatever the hub offers', () => {
    const text = fc.oneof(fc.constantFrom('1.4.3', '9.9.9', '1.4.1', '1.4.2-a', '<', '||', ''), fc.string())
    fc.assert(
      fc.property(text, fc.option(text), (version, requires) => {
        const chosen = chooseUpdate('1.4.2', release(version, requires))
        if (chosen) expect(['1.4.3', '9.9.9']).toContain(chosen.version)
      }),
      { numRuns: 1000 },
    )
  })
})

describe('an offer', () => {
  it.each([
    ['newer', '1.0.0', '>=1.4.0', 'newer'],
    ['for whoever has nothing yet', null, null, 'newer'],
    ['made for another version of the product', '1.0.0', '>=2.0.0', 'product-version'],
    ['older, whatever it is made for', '3.0.0', '>=2.0.0', 'not-newer'],
  ] as const)('is judged: %s', (_what, installed, requires, expected) => {
    expect(judgeOffer(release('2.0.0', requires), installed, '1.4.2')).toBe(expected)
  })
})
