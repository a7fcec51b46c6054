import { describe, expect, it } from 'vitest'
import { decodeBase64Url } from '../../src/protocol/base64url.js'
import { openLicenseToken } from '../../src/protocol/license-token.js'
import { openOfflineLicense } from '../../src/protocol/offline-license.js'
import { openReleaseToken } from '../../src/protocol/release-token.js'
import {
  licenseExpectation,
  licenseToken,
  offlineExpectation,
  offlineToken,
  releaseExpectation,
  releaseFacts,
  releaseToken,
} from '../protocol/tokens-under-test.js'
import { everyBitFlipped } from './every-bit-flipped.js'

const readers = [
  [
    'license token',
    licenseToken,
    (token: string) => {
      const opened = openLicenseToken(token, licenseExpectation)
      return opened.ok ? undefined : opened.problem
    },
  ],
  [
    'offline license',
    offlineToken,
    (token: string) => {
      const opened = openOfflineLicense(token, offlineExpectation)
      return opened.ok ? undefined : opened.problem
    },
  ],
  [
    'release token',
    releaseToken,
    (token: string) => {
      const opened = openReleaseToken(token, releaseFacts, releaseExpectation)
      return opened.ok ? undefined : opened.problem
    },
  ],
] as const

/** What damage is called by where it is. The name of one pinned key can become that of the other. */
const inPart = {
  header: /^(?:unsupported-header|wrong-type|unknown-key|bad-signature)$/,
  body: /^bad-signature$/,
}

const isSpelledRightly = (token: string) =>
  token.split('.').length === 3 && token.split('.').every((part) => decodeBase64Url(part) !== undefined)

describe.each(readers)('a %s with any one bit flipped', (_, token, problemOf) => {
  it('is refused, and said to be what it is', () => {
    expect(problemOf(token)).toBeUndefined()
    const headerLength = token.indexOf('.')
    const surprises: string[] = []
    let flips = 0
    for (const { position, bit, text } of everyBitFlipped(token)) {
      const problem = problemOf(text)
      const expected = isSpelledRightly(text) ? inPart[position > headerLength ? 'body' : 'header'] : /^malformed$/
      if (!expected.test(problem ?? 'accepted')) surprises.push(`bit ${bit} of byte ${position}: ${problem}`)
      flips += 1
    }
    expect(surprises).toEqual([])
    expect(flips).toBe(token.length * 8)
  }, 120_000)
})
