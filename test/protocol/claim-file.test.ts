import { describe, expect, it } from 'vitest'
import { decodeClaim, encodeClaim } from '../../src/protocol/claim-file.js'

const claim = { holder: { space: 'machine', processId: 7, startedAt: '500' }, timeline: 'boot', endsAt: 3_000 }

describe('claim file', () => {
  it('reads what it writes', () => {
    expect(decodeClaim(encodeClaim(claim))).toEqual(claim)
    expect(decodeClaim(encodeClaim(null))).toBeNull()
  })

  it.each([
    ['nothing', ''],
    ['half a claim', JSON.stringify(claim).slice(0, 40)],
    ['a claim that never ends', JSON.stringify(claim).replace('3000', '1e400')],
    ['a claim of nobody', JSON.stringify({ ...claim, holder: null })],
  ])('does not take %s for a claim', (_name, text) => {
    expect(decodeClaim(new TextEncoder().encode(text))).toBeNull()
  })
})
