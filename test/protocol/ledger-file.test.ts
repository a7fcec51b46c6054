import { describe, expect, it } from 'vitest'
import { emptyLedger, reserve } from '../../src/domain/budget/ledger.js'
import { decodeLedger, encodeLedger } from '../../src/protocol/ledger-file.js'

const start = { boot: 'first', monotonic: 1_000, wall: 1_700_000_000_000 }
const ledger = {
  ...reserve(emptyLedger(start), { limit: 10, windowMs: 60_000 }, 'a', 1_000, 3_000),
  penalty: { silentUntil: 2_000, probed: false, limit: 5, cleanSince: 1_500 },
}

describe('ledger file', () => {
  it('reads what it writes', () => {
    expect(decodeLedger(encodeLedger(ledger))).toEqual(ledger)
    expect(decodeLedger(encodeLedger(emptyLedger(start)))).toEqual(emptyLedger(start))
  })

  it.each([
    ['nothing', ''],
    ['half a ledger', new TextDecoder().decode(encodeLedger(ledger)).slice(0, 40)],
    [
      'a ledger with a time that is no number',
      '{"boot":"b","wallOffset":null,"requests":[],"penalty":null,"spentUntil":0}',
    ],
    ['something else', '[]'],
  ])('does not take %s for a ledger', (_name, text) => {
    expect(decodeLedger(new TextEncoder().encode(text))).toBeUndefined()
  })
})
