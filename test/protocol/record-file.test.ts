import { describe, expect, it } from 'vitest'
import type { WithheldUpdate } from '../../src/domain/license/outcome.js'
import { emptyRecord, type LicenseRecord } from '../../src/domain/license/record.js'
import { noUpdateNews } from '../../src/domain/update/update-news.js'
import { licenseKeySubject, signLicenseToken, signOfflineLicenseToken } from '../../src/issuing/index.js'
import { openRecord, type RecordScope, statedScope } from '../../src/protocol/record-file.js'
import { tokenType } from '../../src/protocol/wire/token.js'
import {
  clientKey,
  formerKey,
  fullRecord,
  headerText,
  hubKey,
  issuedAt,
  licenseClaims,
  licenseKeyOf,
  licenseToken,
  offlineClaims,
  offlineToken,
  pinnedTrust,
  publicKeyOf,
  releaseToken,
  scope,
  seal,
  sealText,
  strangerKey,
  unpinnedTrust,
} from './tokens-under-test.js'

const trusts = [
  ['no key of the hub is pinned', unpinnedTrust],
  ['keys of the hub are pinned', pinnedTrust],
] as const

const open = (compact: string, trust = unpinnedTrust, of: RecordScope = scope) => openRecord(compact, of, trust)
const envelope = (record: unknown, of: object = scope) => JSON.stringify({ ...of, record })
const sealed = (text: string, key = clientKey) => sealText(headerText(tokenType.record, 'client'), text, key)

const openText = (text: string, trust = unpinnedTrust) => open(sealed(text), trust)
const { components, updates } = fullRecord

const doubtful: readonly WithheldUpdate[] = [{ slug: 'card-payments', reason: 'outdated-answer' }]

/** News of a hub that offers something that is not to be believed. */
function withWithheld<Withheld>(withheld: Withheld) {
  return { ...updates, components: { question: 'q', askedAt: issuedAt, offers: [], withheld } }
}

/** What remains of a record whose envelope proves nothing, while the hub's token still does. */
const salvaged: LicenseRecord = {
  ...emptyRecord,
  epoch: fullRecord.epoch,
  serial: fullRecord.serial,
  licenseKey: fullRecord.licenseKey,
  entitlement: fullRecord.entitlement,
  token: fullRecord.token,
  lastWordAt: issuedAt,
  clock: { offset: 0, floor: issuedAt },
}

describe.each(trusts)('where %s, a record', (_, trust) => {
  it.each([
    ['full', fullRecord],
    ['of a hub that sets no end', { ...fullRecord, activations: { used: 0, limit: null } }],
    ['of a hub with an offer that is not to be believed', { ...fullRecord, updates: withWithheld(doubtful) }],
    ['empty', emptyRecord],
    ['of a license that was given up', { ...emptyRecord, epoch: 4, serial: 18, deactivatedAt: issuedAt }],
  ])('comes back as it was written: %s', (_, record) => {
    expect(open(seal(record), trust)).toEqual({ ok: true, record })
  })

  it.each([
    ['another hub', { hub: 'https://other.example/api/v1' }],
    ['another product', { product: 'flavor-bakery' }],
    ['another domain', { domain: 'other.com' }],
    ['another installation', { installation: 'installation-2' }],
  ])('of %s is foreign', (_, change) => {
    expect(open(seal(fullRecord, { ...scope, ...change }), trust)).toEqual({ ok: false, problem: 'foreign' })
  })

  it.each([
    ['there are none, as before components were known', undefined],
    ['a version is none', { 'card-payments': { ...components['card-payments'], version: 'newest' } }],
    ['a folder leads elsewhere', { 'card-payments': { ...components['card-payments'], folder: '../../etc' } }],
    ['a slug leads elsewhere', { '../etc': components['card-payments'] }],
    ['they are text', 'none'],
    ['they are null', null],
  ])('whose components cannot be read is still a license: %s', (_, unreadable) => {
    const damaged = { ...fullRecord, components: unreadable }
    expect(openText(envelope(damaged), trust)).toEqual({ ok: true, record: { ...fullRecord, components: {} } })
  })

  it.each([
    ['there is none, as before it was kept', undefined],
    ['it is text', 'none'],
    ['it is null', null],
    ['a milestone is no version', { ...updates, milestones: { x: { version: 'newest', issuedAt: null } } }],
    ['there are no milestones', { ...updates, milestones: null }],
    ['an offer is none', { ...updates, product: { question: '', askedAt: 0, offers: [{}], withheld: [] } }],
    ['nobody knows why something is withheld', withWithheld([{ slug: 'card-payments', reason: 'mood' }])],
    ['what is withheld is no list', withWithheld('all')],
  ])('whose news of updates cannot be read is still a license: %s', (_, unreadable) => {
    const damaged = { ...fullRecord, updates: unreadable }
    expect(openText(envelope(damaged), trust)).toEqual({ ok: true, record: { ...fullRecord, updates: noUpdateNews } })
  })

  it('keeps what a newer version has added to a component', () => {
    const newer = { ...fullRecord, components: { courier: { ...components['card-payments'], addedLater: 'kept' } } }
    expect(openText(envelope(newer), trust)).toEqual({ ok: true, record: newer })
  })

  it('keeps what a newer version has added, also when it is written again', () => {
    const newer = {
      ...fullRecord,
      seats: { used: 1 },
      clock: { ...fullRecord.clock, source: 'ntp' },
      activations: { used: 1, limit: 3, pool: 'eu' },
    }
    const opened = open(seal(newer), trust)
    expect(opened).toMatchObject({ ok: true, record: newer })
    if (!opened.ok) throw new Error(opened.problem)
    expect(open(seal({ ...opened.record, serial: 18 }), trust)).toMatchObject({ record: { ...newer, serial: 18 } })
  })

  it('reads a reason for waiting that only a newer version knows', () => {
    const record = { ...fullRecord, backOff: { ...fullRecord.backOff, reason: 'moon-phase' } }
    expect(open(sealed(envelope(record)), trust)).toMatchObject({ record: { backOff: { reason: 'network-failed' } } })
  })

  it.each([
    ['nothing', ''],
    ['half of one', seal(fullRecord).slice(0, seal(fullRecord).length / 2)],
    ['zeros, as after a power cut', '\0'.repeat(500)],
    ['something else', '<!doctype html>'],
    ['a license token', licenseToken],
    ['a release token', releaseToken],
    ['no JSON', sealed('record')],
    ['a list', sealed('[]')],
    ['an envelope without a record', sealed(JSON.stringify(scope))],
    ['a record without an envelope', sealed(JSON.stringify(fullRecord))],
    ['an envelope without an installation', sealed(envelope(fullRecord, { ...scope, installation: undefined }))],
    ['a member that stands twice', sealed(envelope(fullRecord).replace('"epoch":', '"epoch":9,"epoch":'))],
    ['a serial beyond all numbers', sealed(envelope(fullRecord).replace('"serial":17', '"serial":1e400'))],
    ['a license key of another shape', sealed(envelope({ ...fullRecord, licenseKey: 'FLVR-1' }))],
    ['a negative epoch', sealed(envelope({ ...fullRecord, epoch: -1 }))],
    ['a time beyond all dates', sealed(envelope({ ...fullRecord, lastWordAt: 9e15 }))],
    [
      'an unknown status',
      sealed(envelope({ ...fullRecord, entitlement: { ...fullRecord.entitlement, status: 'odd' } })),
    ],
    ['no clock', sealed(envelope({ ...fullRecord, clock: undefined }))],
  ])('is malformed as %s', (_, compact) => {
    expect(open(compact, trust)).toEqual({ ok: false, problem: 'malformed' })
  })

  it('that holds the longest token of an answer can be read again', () => {
    const long = signLicenseToken(hubKey, { ...licenseClaims, features: ['x'.repeat(48_000)] })
    expect(long.length).toBeGreaterThan(64_000)
    const { length } = seal({ ...fullRecord, token: long })
    expect(length).toBeGreaterThan(64 * 1024)
    expect(open(seal({ ...fullRecord, token: long }), trust)).toMatchObject({ ok: true })
  })
})

describe('where no key of the hub is pinned, a record', () => {
  it.each([
    ['of another machine, copied without its key', seal(fullRecord, scope, strangerKey)],
    ['that the hub itself has signed', seal(fullRecord, scope, hubKey)],
    ['with another payload under the old signature', withPayloadOf(seal(fullRecord), seal(emptyRecord))],
  ])('is forged: %s', (_, compact) => {
    expect(open(compact)).toEqual({ ok: false, problem: 'forged' })
  })

  it.each([
    ['without a signature', seal(fullRecord).replace(/[^.]+$/, '')],
    ['of another type', sealText(headerText(tokenType.license, 'client'), envelope(fullRecord), clientKey)],
    ['under another name', sealText(headerText(tokenType.record, 'k2'), envelope(fullRecord), clientKey)],
    [
      'of no algorithm',
      sealText('{"alg":"none","kid":"client","typ":"flavor-record+jwt"}', envelope(fullRecord), clientKey),
    ],
  ])('is malformed %s', (_, compact) => {
    expect(open(compact)).toEqual({ ok: false, problem: 'malformed' })
  })
})

describe('where keys of the hub are pinned, a record', () => {
  it('is worth what the token proves, whatever it says itself', () => {
    const boast = {
      ...fullRecord.entitlement,
      basis: 'hub',
      status: 'active',
      tier: 'agency',
      features: ['all'],
    } as const
    const times = { expiresAt: null, issuedAt: issuedAt + 1, leaseEndsAt: null }
    const opened = open(seal({ ...fullRecord, entitlement: { ...boast, ...times } }), pinnedTrust)
    expect(opened).toEqual({ ok: true, record: fullRecord })
  })

  it.each([
    ['without a token', { token: null }],
    ['with a token of an unknown key', { token: signLicenseToken(strangerKey, licenseClaims) }],
    ['with a token of another domain', { token: signLicenseToken(hubKey, { ...licenseClaims, domain: 'other.com' }) }],
    ['with the token of another license', { licenseKey: licenseKeyOf('FLVR-ZZZZ-ZZZZ-ZZZZ-ZZZZ') }],
    ['with a release token', { token: releaseToken }],
    ['with an offline license beside a key', { token: offlineToken }],
    ['with the token of a license and no key', { licenseKey: null }],
  ])('proves nothing %s, but keeps what it needs to ask again', (_, change) => {
    const record = { ...fullRecord, ...change }
    expect(open(seal(record), pinnedTrust)).toEqual({ ok: true, record: { ...record, entitlement: null } })
  })

  it('without a hub that signs supplies the key to verify with once keys are pinned', () => {
    const before = { ...fullRecord, token: null }
    expect(open(seal(before))).toEqual({ ok: true, record: before })
    expect(open(seal(before), pinnedTrust)).toMatchObject({
      record: { licenseKey: fullRecord.licenseKey, entitlement: null },
    })
  })

  it('holds an offline license without a key', () => {
    const record = { ...fullRecord, licenseKey: null, token: offlineToken }
    expect(open(seal(record), pinnedTrust)).toMatchObject({ ok: true, record: { entitlement: { basis: 'offline' } } })
    const elsewhere = signOfflineLicenseToken(hubKey, { ...offlineClaims, installation_id: 'installation-2' })
    expect(open(seal({ ...record, token: elsewhere }), pinnedTrust)).toMatchObject({ record: { entitlement: null } })
  })

  const rotated = (keys: readonly (typeof hubKey)[]) => ({
    ...pinnedTrust,
    hubKeys: new Map(keys.map((key) => [key.keyId, publicKeyOf(key)])),
  })

  it('outlives the rotation of keys while its own is pinned, and no longer', () => {
    const record = { ...fullRecord, token: signLicenseToken(formerKey, licenseClaims) }
    expect(open(seal(record), rotated([formerKey]))).toMatchObject({ record: { entitlement: { status: 'active' } } })
    expect(open(seal(record), rotated([formerKey, hubKey]))).toMatchObject({
      record: { entitlement: { status: 'active' } },
    })
    expect(open(seal(record), rotated([hubKey]))).toMatchObject({ record: { entitlement: null } })
  })

  it.each([
    ['the signature of another key', seal(fullRecord, scope, strangerKey)],
    ['no signature', seal(fullRecord).replace(/[^.]+$/, '')],
    ['half of a signature', seal(fullRecord).slice(0, -40)],
    ['a damaged header', seal(fullRecord).replace(/^[^.]+/, 'e30')],
    ['no header', seal(fullRecord).replace(/^[^.]+/, '')],
    ['another type', sealText(headerText(tokenType.release, 'client'), envelope(fullRecord), clientKey)],
  ])('keeps its token with %s, and nothing that only the envelope vouched for', (_, compact) => {
    expect(open(compact, pinnedTrust)).toEqual({ ok: true, record: salvaged })
  })

  it('keeps an offline license, too, and when the hub last spoke, which the name of the file confirms', () => {
    const record = { ...fullRecord, licenseKey: null, token: offlineToken, lastWordAt: issuedAt - 1000 }
    expect(open(seal(record, scope, strangerKey), pinnedTrust)).toMatchObject({
      ok: true,
      record: {
        ...salvaged,
        licenseKey: null,
        token: offlineToken,
        entitlement: { basis: 'offline' },
        lastWordAt: issuedAt - 1000,
      },
    })
  })

  it.each([
    ['no token', { token: null }],
    ['a token of an unknown key', { token: signLicenseToken(strangerKey, licenseClaims) }],
    [
      'a token about another license',
      { token: signLicenseToken(hubKey, { ...licenseClaims, sub: licenseKeySubject('FLVR-ZZZZ-ZZZZ-ZZZZ-ZZZZ') }) },
    ],
  ])('is forged with a signature that does not hold and %s', (_, change) => {
    const compact = seal({ ...fullRecord, ...change }, scope, strangerKey)
    expect(open(compact, pinnedTrust)).toEqual({ ok: false, problem: 'forged' })
  })

  it('cannot be carried to another site by editing its envelope', () => {
    const there = { ...scope, domain: 'other.com' }
    expect(open(seal(fullRecord, there, strangerKey), pinnedTrust, there)).toEqual({ ok: false, problem: 'forged' })
    const machine = { ...scope, installation: 'installation-2' }
    expect(open(seal(fullRecord, machine, strangerKey), pinnedTrust, machine)).toEqual({ ok: false, problem: 'forged' })
  })
})

describe('what a record says that it belongs to', () => {
  it('is read without any trust', () => {
    expect(statedScope(seal(fullRecord, scope, strangerKey))).toMatchObject(scope)
  })

  it.each(['', 'x', '..', licenseToken])('is nothing when it is no record', (compact) => {
    expect(statedScope(compact)).toBeUndefined()
  })
})

/** The first one's signature around the second one's payload. */
function withPayloadOf(compact: string, other: string): string {
  const [header, , signature] = compact.split('.')
  return `${header}.${other.split('.')[1]}.${signature}`
}
