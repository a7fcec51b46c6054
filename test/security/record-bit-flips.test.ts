import { isDeepStrictEqual } from 'node:util'
import { describe, expect, it } from 'vitest'
import { emptyRecord, type LicenseRecord } from '../../src/domain/license/record.js'
import { recordOrder } from '../../src/engine/records/record-name.js'
import { decodeBase64Url } from '../../src/protocol/base64url.js'
import { openRecord, type RecordFileProblem } from '../../src/protocol/record-file.js'
import {
  fullRecord,
  issuedAt,
  offlineToken,
  pinnedTrust,
  scope,
  seal,
  unpinnedTrust,
} from '../protocol/tokens-under-test.js'
import { everyBitFlipped } from './every-bit-flipped.js'

const offlineRecord: LicenseRecord = { ...fullRecord, licenseKey: null, pending: null, token: offlineToken }
const records = [
  ['the record of a license', fullRecord],
  ['the record of an offline license', offlineRecord],
] as const

const partsOf = (compact: string) => compact.split('.')
const payloadOf = (compact: string) => decodeBase64Url(partsOf(compact)[1] ?? '')

describe('the record of a license with any one bit flipped, where no key of the hub is pinned', () => {
  it('is refused: as forged where it still is a record, else as malformed', () => {
    const compact = seal(fullRecord)
    const headerLength = compact.indexOf('.')
    const surprises: string[] = []
    let flips = 0
    for (const { position, bit, text } of everyBitFlipped(compact)) {
      const parts = partsOf(text)
      const isRecord =
        position > headerLength && parts.length === 3 && parts.every((part) => decodeBase64Url(part) !== undefined)
      const opened = openRecord(text, scope, unpinnedTrust)
      const outcome = opened.ok ? 'accepted' : opened.problem
      if (outcome !== (isRecord ? 'forged' : 'malformed')) surprises.push(`bit ${bit} of byte ${position}: ${outcome}`)
      flips += 1
    }
    expect(surprises).toEqual([])
    expect(flips).toBe(compact.length * 8)
  }, 120_000)
})

describe.each(records)('%s with any one bit flipped, where keys of the hub are pinned', (_, record) => {
  const compact = seal(record)
  const pristine = openRecord(compact, scope, pinnedTrust)
  if (!pristine.ok) throw new Error(pristine.problem)
  const { entitlement } = pristine.record

  /** All that the hub itself vouches for, and nothing else: no floor, no back-off, no pending work. */
  const salvaged: LicenseRecord = {
    ...emptyRecord,
    epoch: record.epoch,
    serial: record.serial,
    licenseKey: record.licenseKey,
    token: record.token,
    entitlement,
    lastWordAt: issuedAt,
    clock: { offset: 0, floor: issuedAt },
  }

  it('is worth the token of the hub, or nothing', () => {
    const outcomes = { salvaged: 0, misnamed: 0, forged: 0, foreign: 0, malformed: 0 }
    const surprises: string[] = []
    for (const { position, bit, text } of everyBitFlipped(compact)) {
      const opened = openRecord(text, scope, pinnedTrust)
      const outcome = opened.ok ? worthOf(opened.record) : opened.problem
      if (outcome !== 'altered') outcomes[outcome] += 1
      if (outcome === 'altered' || (!opened.ok && outcome !== expectedProblem(text, record))) {
        surprises.push(`bit ${bit} of byte ${position}: ${outcome}`)
      }
    }
    expect(surprises).toEqual([])
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(compact.length * 8)
    for (const count of Object.values(outcomes)) expect(count).toBeGreaterThan(0)
  }, 120_000)

  /** Only the place in the order of records is taken from the envelope, and only where the file's name confirms it. */
  function worthOf(opened: LicenseRecord): 'salvaged' | 'misnamed' | 'altered' {
    if (isDeepStrictEqual(opened, salvaged)) return 'salvaged'
    const { epoch, serial, lastWordAt } = opened
    const isMisnamed = recordOrder(opened) !== recordOrder(record)
    return isMisnamed && isDeepStrictEqual(opened, { ...salvaged, epoch, serial, lastWordAt }) ? 'misnamed' : 'altered'
  }

  it('keeps its token whatever happens to its signature', () => {
    const start = compact.lastIndexOf('.') + 1
    for (const { position, text } of everyBitFlipped(compact.slice(start))) {
      expect(openRecord(compact.slice(0, start) + text, scope, pinnedTrust), `byte ${position}`).toEqual({
        ok: true,
        record: salvaged,
      })
    }
  }, 120_000)
})

/** Read anew from the bytes, without the code under test: what the damage did decides what it must be called. */
function expectedProblem(text: string, original: LicenseRecord): RecordFileProblem {
  const stated = statedBy(text)
  if (!stated) return 'malformed'
  const { record, ...statedScope } = stated
  const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)
  const hasItsNames = isSame(Object.keys(stated), ['hub', 'product', 'domain', 'installation', 'record'])
  if (!hasItsNames || !isSame(Object.keys(record), Object.keys(original))) return 'malformed'
  if (!isSame(statedScope, scope)) return 'foreign'
  const isProven = record['token'] === original.token && record['licenseKey'] === original.licenseKey
  // A value that no record can have (a status, a key, a time) is malformed before anybody asks who vouches for it.
  return !isProven && /^(?:FLVR(?:-[0-9A-Z]{4}){4}|null)$/.test(String(record['licenseKey'])) ? 'forged' : 'malformed'
}

function statedBy(text: string): (Record<string, unknown> & { readonly record: Record<string, unknown> }) | undefined {
  try {
    const payload = payloadOf(text)
    return payload && JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload))
  } catch {
    return undefined
  }
}
