import { describe, expect, it } from 'vitest'
import { furthest, goesBack } from '../../../src/domain/update/release-history.js'

const time = 1_800_000_000_000
const at = (version: string, issuedAt: number | null = time) => ({ version, issuedAt })

describe('an answer goes back', () => {
  it.each([
    ['with a lower version', at('1.4.9'), true],
    ['with a pre-release of the version', at('1.5.0-rc.1'), true],
    ['with an older signature', at('1.5.0', time - 300_001), true],
    ['with an older signature on a newer version', at('1.6.0', time - 300_001), true],
  ])('%s', (_how, told, expected) => {
    expect(goesBack(at('1.5.0'), told)).toBe(expected)
  })

  it.each([
    ['with the same', at('1.5.0')],
    ['with a higher version', at('1.6.0', time + 1)],
    ['with other build metadata', at('1.5.0+7')],
    ['by what clocks may differ', at('1.5.0', time - 300_000)],
    ['without a signature, where none was to be had', at('1.5.0', null)],
    ['with something that is no version', at('newest')],
  ])('not %s', (_how, told) => {
    expect(goesBack(at('1.5.0'), told)).toBe(false)
  })

  it('never against nothing, nor against a hub that signed nothing then', () => {
    expect(goesBack(undefined, at('0.0.1', 0))).toBe(false)
    expect(goesBack(at('1.5.0', null), at('1.5.0', 0))).toBe(false)
  })
})

describe('how far the hub is', () => {
  it.each([
    ['what it says first', undefined, at('1.5.0'), at('1.5.0')],
    ['the higher version and the newer signature', at('1.5.0', 1), at('1.6.0', 2), at('1.6.0', 2)],
    ['the same after an answer that is a little older', at('1.5.0', 2), at('1.5.0', 1), at('1.5.0', 2)],
    ['the signature that there was', at('1.5.0', 2), at('1.5.0', null), at('1.5.0', 2)],
    ['no signature where there never was one', at('1.5.0', null), at('1.6.0', null), at('1.6.0', null)],
    ['what it was, after something that is no version', at('1.5.0'), at('newest'), at('1.5.0')],
  ])('is %s', (_what, before, told, expected) => {
    expect(furthest(before, told)).toEqual(expected)
  })
})
