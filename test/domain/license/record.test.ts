import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareRecords, emptyRecord, keyInQuestion, type LicenseRecord } from '../../../src/domain/license/record.js'
import { entitlement, keyA, keyB, record, spokenAt } from './sample-record.js'

const older = (a: LicenseRecord, b: LicenseRecord): void => {
  expect(compareRecords(a, b)).toBeLessThan(0)
  expect(compareRecords(b, a)).toBeGreaterThan(0)
}
const told = (issuedAt: number, changes: Partial<LicenseRecord> = {}): LicenseRecord =>
  record({ entitlement: entitlement({ issuedAt }), lastWordAt: issuedAt, ...changes })

describe('compareRecords', () => {
  it('puts the epoch first: a deactivation is newer than any answer to a question from before', () => {
    older(told(spokenAt + 1e9, { epoch: 1, serial: 99 }), record({ epoch: 2, serial: 1, entitlement: null }))
  })

  it('puts the time of the hub’s word second, whichever was written first', () => {
    older(told(spokenAt, { serial: 9 }), told(spokenAt + 1, { serial: 8 }))
  })

  it('takes any word for newer than none', () => {
    older(record({ lastWordAt: null, serial: 9 }), told(spokenAt, { serial: 8 }))
  })

  it('puts the serial number last', () => {
    older(told(spokenAt, { serial: 8 }), told(spokenAt, { serial: 9 }))
  })

  it('takes the empty record for the oldest', () => {
    older(emptyRecord, record())
    older(emptyRecord, { ...emptyRecord, serial: 1 })
  })

  it('orders: no record is newer than itself, and newer than newer is newer', () => {
    const any = fc
      .record({ epoch: fc.nat(2), serial: fc.nat(2), at: fc.option(fc.nat(2)) })
      .map(({ epoch, serial, at }) => record({ epoch, serial, lastWordAt: at }))
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(compareRecords(a, a)).toBe(0)
        expect(Math.sign(compareRecords(a, b))).toBe(0 - Math.sign(compareRecords(b, a)))
        if (compareRecords(a, b) <= 0 && compareRecords(b, c) <= 0) expect(compareRecords(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('the key in question', () => {
  it('is that of an activation whose answer was lost, before that of the license', () => {
    const pending = { licenseKey: keyB, nonce: 'nonce-b', startedAt: spokenAt }
    expect(keyInQuestion(record({ licenseKey: keyA }))).toBe(keyA)
    expect(keyInQuestion(record({ licenseKey: keyA, pending }))).toBe(keyB)
    expect(keyInQuestion(emptyRecord)).toBeNull()
  })
})
