import { describe, expect, it } from 'vitest'
import {
  compareRecords,
  emptyRecord,
  type LicenseRecord,
  type LicenseStatus,
} from '../../../src/domain/license/record.js'
import type { SetbackReason } from '../../../src/domain/license/setback.js'
import {
  abandonActivation,
  activate,
  activateOffline,
  announceActivation,
  completeActivation,
  forgetComponent,
  giveUp,
  keepUpdateNews,
  noteComponent,
  noteUpdateCheck,
  postpone,
  releaseSuperseded,
  renew,
  settleActivation,
  suspendActivation,
} from '../../../src/domain/license/transition.js'
import { backOff, dayMs, entitlement, hourMs, hubWord, keyA, keyB, keyC, record, spokenAt } from './sample-record.js'

const pendingB = { licenseKey: keyB, nonce: 'nonce-b', startedAt: spokenAt }
const pendingA = { licenseKey: keyA, nonce: 'nonce-a', startedAt: spokenAt }
const later = spokenAt + dayMs
const deadSlot = backOff()

describe('announcing an activation', () => {
  it('notes it and touches nothing else', () => {
    expect(announceActivation(record(), pendingB)).toEqual(record({ pending: pendingB }))
  })

  it('takes the place of one that was announced before', () => {
    expect(announceActivation(record({ pending: pendingA }), pendingB).pending).toEqual(pendingB)
  })
})

describe('an activation that is entered while another one has no answer', () => {
  it('has the slot freed that the other one may have taken', () => {
    const none = { ...emptyRecord, pending: pendingA }
    expect(announceActivation(none, pendingB)).toMatchObject({ pending: pendingB, superseded: [keyA] })
    expect(giveUp(record({ pending: pendingB }), keyA, later).superseded).toEqual([keyB])
    const offline = { entitlement: entitlement({ basis: 'offline' }), token: 'token', isFor: () => false }
    expect(activateOffline(record({ pending: pendingB }), offline).superseded).toEqual([keyA, keyB])
  })

  it('leaves the slot alone of a key that is licensed, wanted again, or was itself given up', () => {
    expect(announceActivation(record({ pending: pendingA }), pendingB).superseded).toEqual([])
    expect(announceActivation({ ...emptyRecord, superseded: [keyA] }, pendingA).superseded).toEqual([])
    expect(giveUp({ ...emptyRecord, pending: pendingB }, keyB, later).superseded).toEqual([])
  })

  it('goes on when the other one is answered first', () => {
    const announced = announceActivation(emptyRecord, pendingA)
    const both = announceActivation(announced, pendingB)
    const first = completeActivation(both, announced, keyA, hubWord(later))
    expect(first).toMatchObject({ licenseKey: keyA, pending: pendingB, superseded: [] })
    expect(completeActivation(first, both, keyB, hubWord(later))).toMatchObject({
      licenseKey: keyB,
      pending: null,
      superseded: [keyA],
    })
  })
})

describe('the answer to an activation', () => {
  const announced = announceActivation(record(), pendingB)

  it('changes what is licensed', () => {
    expect(completeActivation(announced, announced, keyB, hubWord(later)).licenseKey).toBe(keyB)
  })

  it('counts where nothing but the record was lost meanwhile', () => {
    expect(completeActivation(emptyRecord, announced, keyB, hubWord(later)).licenseKey).toBe(keyB)
  })

  it('counts again where a verification has brought it already', () => {
    const settled = settleActivation(announced, pendingB, hubWord(later))
    const completed = completeActivation(settled, announced, keyB, hubWord(later + 1, { tier: 'pro' }))
    expect(completed).toMatchObject({ licenseKey: keyB, entitlement: { tier: 'pro' }, superseded: [keyA] })
  })

  it('comes too late when the license was given up or another key was activated, and its slot is freed', () => {
    const givenUp = giveUp(announced, keyA, later)
    expect(completeActivation(givenUp, announced, keyB, hubWord(later))).toEqual({ ...givenUp, superseded: [keyB] })
    const other = activate(
      announceActivation(announced, { ...pendingB, licenseKey: keyC, nonce: 'c' }),
      keyC,
      hubWord(later),
    )
    const late = completeActivation(other, announced, keyB, hubWord(later))
    expect(late).toMatchObject({ licenseKey: keyC, epoch: other.epoch })
    expect(late.superseded).toContain(keyB)
  })
})

describe('an activation without an answer', () => {
  const neverProcessed: SetbackReason[] = [
    'over-budget',
    'rate-limited',
    'name-not-resolved',
    'connection-refused',
    'tls-failed',
  ]
  const maybeProcessed: SetbackReason[] = [
    'connection-lost',
    'timeout',
    'proxy-failed',
    'network-failed',
    'too-large',
    'not-json',
    'redirected',
    'unexpected-answer',
    'wrong-route',
    'hub-failed',
    'refused',
    'proof-missing',
    'proof-invalid',
  ]
  const announced = record({ pending: pendingB })

  it.each(neverProcessed)('is forgotten after %s: the hub cannot have carried it out', (reason) => {
    expect(suspendActivation(announced, pendingB.nonce, { reason, retryAt: 0 })).toEqual(record())
  })

  it.each(maybeProcessed)('stays pending after %s: the hub may have carried it out', (reason) => {
    expect(suspendActivation(announced, pendingB.nonce, { reason, retryAt: 0 })).toBe(announced)
  })

  it('does not end another one that has been announced since', () => {
    expect(suspendActivation(announced, 'another nonce', { reason: 'tls-failed', retryAt: 0 })).toBe(announced)
  })
})

describe('a refused activation', () => {
  it('leaves what was licensed before as it was', () => {
    expect(abandonActivation(record({ pending: pendingB }), pendingB.nonce)).toEqual(record())
  })

  it('does not end another one that has been announced since', () => {
    const announced = record({ pending: pendingB })
    expect(abandonActivation(announced, 'another nonce')).toBe(announced)
    expect(abandonActivation(record(), pendingB.nonce)).toEqual(record())
  })
})

describe('an activation', () => {
  it('makes a record out of none', () => {
    const word = { ...hubWord(later, { tier: 'pro' }, 'token'), receivedAt: later + 300 }
    expect(activate({ ...emptyRecord, serial: 4, pending: pendingB }, keyB, word)).toEqual({
      ...emptyRecord,
      epoch: 1,
      serial: 4,
      licenseKey: keyB,
      entitlement: entitlement({ tier: 'pro', issuedAt: later }),
      token: 'token',
      activations: { used: 2, limit: 3 },
      lastWordAt: later,
      clock: { offset: -300, floor: later },
    })
  })

  it('gives up the key that it replaces, so that its slot can be freed', () => {
    const before = record({ superseded: [keyC], backOff: deadSlot })
    expect(activate(before, keyB, hubWord(later))).toMatchObject({
      epoch: 2,
      licenseKey: keyB,
      superseded: [keyC, keyA],
      backOff: null,
    })
  })

  it('of the same key gives up nothing', () => {
    expect(activate(record(), keyA, hubWord(later)).superseded).toEqual([])
  })

  it('of a key that was replaced before takes it off the list: its slot is in use again', () => {
    expect(activate(record({ superseded: [keyB, keyC] }), keyB, hubWord(later)).superseded).toEqual([keyC, keyA])
  })

  it('ends a deactivation', () => {
    expect(activate(giveUp(record(), keyA, later), keyA, hubWord(later)).deactivatedAt).toBeNull()
  })

  it('is newer than anything before, even where the hub’s clock was set back', () => {
    expect(compareRecords(activate(record(), keyB, hubWord(spokenAt - dayMs)), record())).toBeGreaterThan(0)
  })

  it('changes nothing in the record that it is given', () => {
    const before = Object.freeze(record({ superseded: Object.freeze([keyC]) }))
    activate(before, keyB, hubWord(later))
    expect(before).toEqual(record({ superseded: [keyC] }))
  })
})

describe('an offline activation', () => {
  const offline = entitlement({ basis: 'offline', issuedAt: later, leaseEndsAt: later + 90 * dayMs })
  const install = (before: LicenseRecord, isForKey = false): LicenseRecord =>
    activateOffline(before, { entitlement: offline, token: 'token', isFor: () => isForKey })

  it('replaces the key, whose slot can then be freed', () => {
    const before = record({ superseded: [keyC], pending: pendingB, backOff: deadSlot, lastWordAt: spokenAt })
    expect(install(before)).toEqual(
      record({
        epoch: 2,
        licenseKey: null,
        entitlement: offline,
        token: 'token',
        activations: null,
        superseded: [keyC, keyA, keyB],
        clock: { offset: 0, floor: later },
      }),
    )
  })

  it('of the very license that is active keeps its slot', () => {
    expect(install(record(), true).superseded).toEqual([])
  })

  it('needs no key before', () => {
    expect(install(emptyRecord).superseded).toEqual([])
    expect(install(giveUp(record(), keyA, later)).deactivatedAt).toBeNull()
  })

  it('gives up a key but once', () => {
    expect(install(record({ superseded: [keyA] })).superseded).toEqual([keyA])
  })

  it('never lowers the floor, since the file may be old, and keeps the offset', () => {
    const clock = { offset: 17, floor: later + hourMs }
    expect(install(record({ clock })).clock).toEqual(clock)
  })
})

describe('freeing the slot of a replaced key', () => {
  it('takes the key off the list', () => {
    expect(releaseSuperseded(record({ superseded: [keyB, keyC] }), keyB)).toEqual(record({ superseded: [keyC] }))
  })

  it('of a key that is not on the list changes nothing', () => {
    const before = record({ superseded: [keyC] })
    expect(releaseSuperseded(before, keyB)).toBe(before)
  })
})

describe('settling an activation whose answer was lost', () => {
  it('activates where the hub had carried it out', () => {
    const settled = settleActivation(record({ pending: pendingB }), pendingB, hubWord(later))
    expect(settled).toEqual(activate(record(), keyB, hubWord(later)))
    expect(settled).toMatchObject({ licenseKey: keyB, pending: null, superseded: [keyA] })
  })

  it.each<LicenseStatus>(['inactive', 'revoked', 'expired'])('forgets another key that is %s', (status) => {
    expect(settleActivation(record({ pending: pendingB }), pendingB, hubWord(later, { status }))).toEqual(record())
  })

  it.each<LicenseStatus>(['inactive', 'revoked', 'expired'])(
    'takes it for the hub’s word about the license on record where that is the one, and it is %s',
    (status) => {
      const settled = settleActivation(
        record({ pending: pendingA, backOff: deadSlot }),
        pendingA,
        hubWord(later, { status }),
      )
      expect(settled).toMatchObject({ epoch: 1, licenseKey: keyA, pending: null, backOff: null, lastWordAt: later })
      expect(settled.entitlement).toEqual(entitlement({ status, issuedAt: later }))
    },
  )

  it('is newer than what was on record, even where the hub’s clock was set back', () => {
    const before = record({ pending: pendingA })
    const settled = settleActivation(before, pendingA, hubWord(spokenAt - dayMs, { status: 'revoked' }))
    expect(compareRecords(settled, before)).toBeGreaterThan(0)
  })

  it('is dropped where the activation has ended since', () => {
    for (const now of [record(), record({ pending: pendingA }), giveUp(record({ pending: pendingB }), keyA, later)]) {
      expect(settleActivation(now, pendingB, hubWord(later))).toBe(now)
    }
  })
})

describe('an answer to a verification', () => {
  it('renews the record within its epoch', () => {
    const before = record({ backOff: deadSlot, superseded: [keyC], pending: pendingB })
    expect(renew(before, before, hubWord(later, { status: 'revoked' }, 'token'))).toEqual(
      record({
        entitlement: entitlement({ status: 'revoked', issuedAt: later }),
        token: 'token',
        activations: { used: 2, limit: 3 },
        lastWordAt: later,
        clock: { offset: 0, floor: later },
        superseded: [keyC],
        pending: pendingB,
      }),
    )
  })

  it('is dropped when the license was given up while the question was under way', () => {
    const now = giveUp(record(), keyA, later)
    expect(renew(now, record(), hubWord(later + 1))).toBe(now)
  })

  it('is dropped when another key was activated while the question was under way', () => {
    const now = activate(record(), keyB, hubWord(later))
    expect(renew(now, record(), hubWord(later + 1))).toBe(now)
    // Even if a defect elsewhere had left the epoch as it was.
    const sameEpoch = { ...now, epoch: 1 }
    expect(renew(sameEpoch, record(), hubWord(later + 1))).toBe(sameEpoch)
  })

  it('is dropped when the same key was activated anew while the question was under way', () => {
    const now = activate(giveUp(record(), keyA, later), keyA, hubWord(later))
    expect(renew(now, record(), hubWord(later + 1))).toBe(now)
  })

  it('is dropped when a newer one to another question has arrived first', () => {
    const asked = record()
    const now = renew(asked, asked, hubWord(later))
    expect(renew(now, asked, hubWord(later - 1, { status: 'revoked' }))).toBe(now)
  })

  it('counts when it is as new as the one that arrived first, or newer', () => {
    const asked = record()
    const now = renew(asked, asked, hubWord(later))
    expect(renew(now, asked, hubWord(later, { tier: 'pro' })).entitlement?.tier).toBe('pro')
    expect(renew(now, asked, hubWord(later + 1, { tier: 'pro' })).entitlement?.tier).toBe('pro')
  })

  it('opens a new epoch when the hub’s clock was set back, so that the record with the wrong date is not the newest', () => {
    const asked = record()
    const now = renew(asked, asked, hubWord(spokenAt - dayMs))
    expect(now).toMatchObject({ epoch: 2, clock: { floor: spokenAt - dayMs }, lastWordAt: spokenAt - dayMs })
    expect(compareRecords(now, asked)).toBeGreaterThan(0)
  })

  it('within the hub’s own second stays in its epoch', () => {
    expect(renew(record(), record(), hubWord(spokenAt)).epoch).toBe(1)
  })

  it('brings the proof to a record that has none', () => {
    const asked = record({ entitlement: null, lastWordAt: null })
    expect(renew(asked, asked, hubWord(later)).entitlement).toEqual(entitlement({ issuedAt: later }))
  })

  it('opens a new epoch when the hub’s clock was set back since it spoke of a license whose proof is lost', () => {
    const asked = record({ entitlement: null })
    expect(compareRecords(renew(asked, asked, hubWord(spokenAt - 1)), asked)).toBeGreaterThan(0)
  })

  it('of two questions about a record without proof: the newer answer stays, whichever came first', () => {
    const asked = record({ entitlement: null, lastWordAt: null })
    const [first, second] = [hubWord(later), hubWord(later + 1)]
    const inOrder = renew(renew(asked, asked, first), asked, second)
    const crossed = renew(renew(asked, asked, second), asked, first)
    expect(crossed).toEqual(inOrder)
    expect(crossed.entitlement?.issuedAt).toBe(later + 1)
  })
})

describe('giving a license up', () => {
  const before = record({
    pending: pendingB,
    superseded: [keyC],
    backOff: deadSlot,
    token: 'token',
    clock: { offset: 5, floor: 6 },
  })
  const tombstone = giveUp(before, keyA, later)

  it('leaves a tombstone that holds neither the key nor what it proved', () => {
    expect(tombstone).toEqual({
      ...emptyRecord,
      epoch: 2,
      serial: 7,
      superseded: [keyC, keyB],
      lastWordAt: spokenAt,
      clock: { offset: 5, floor: 6 },
      deactivatedAt: later,
    })
    expect(JSON.stringify(tombstone)).not.toContain(keyA)
  })

  it('leaves what was activated while the hub was asked, and counts the slot as freed', () => {
    const replaced = activate(record({ pending: pendingB }), keyB, hubWord(later))
    expect(replaced).toMatchObject({ licenseKey: keyB, superseded: [keyA] })
    expect(giveUp(replaced, keyA, later)).toEqual({ ...replaced, superseded: [] })
    const entered = announceActivation({ ...emptyRecord, pending: pendingA }, pendingB)
    expect(giveUp(entered, keyA, later)).toEqual({ ...entered, superseded: [] })
    const file = { entitlement: entitlement({ basis: 'offline' }), token: 'token', isFor: () => false }
    const offline = activateOffline(record(), file)
    expect(giveUp(offline, keyA, later)).toEqual({ ...offline, superseded: [] })
    expect(giveUp(record(), null, later)).toEqual(record())
  })

  it('stands where the record is gone, or was given up already', () => {
    expect(giveUp(emptyRecord, keyA, later)).toMatchObject({ epoch: 1, deactivatedAt: later })
    expect(giveUp(tombstone, keyA, later)).toMatchObject({ licenseKey: null, deactivatedAt: later })
  })

  it('is newer than the record that it ends', () => {
    expect(compareRecords(tombstone, before)).toBeGreaterThan(0)
  })
})

describe('an answer about updates', () => {
  it('is dated by the hub’s clock, which a machine’s may differ from', () => {
    const before = record({ clock: { offset: -dayMs, floor: spokenAt } })
    expect(noteUpdateCheck(before, later)).toMatchObject({ ...before, updatesCheckedAt: spokenAt })
  })
})

describe('an attempt without the hub’s word', () => {
  it('is noted and changes nothing else', () => {
    const setback = { reason: 'timeout', retryAt: 0 } as const
    expect(postpone(record(), setback, later, 0.5)).toEqual(
      record({ backOff: { reason: 'timeout', failures: 1, attemptedAt: later, until: later + 300_000 } }),
    )
    expect(postpone(postpone(record(), setback, later, 0.5), setback, later, 0.5).backOff?.failures).toBe(2)
  })
})

describe('what the hub said about releases', () => {
  const news = (question: string) => ({ question, askedAt: later, offers: [], withheld: [] })
  const milestones = { '[null,"flavor-starter"]': { version: '1.5.0', issuedAt: later } }
  const told = { product: news('a'), components: news('b'), milestones }

  it('is kept', () => {
    expect(keepUpdateNews(record(), told)).toEqual(record({ updates: told }))
  })

  it('is not kept where it would bloat the record', () => {
    const long = news('x'.repeat(30_000))
    expect(keepUpdateNews(record(), { ...told, components: long }).updates).toEqual({ ...told, components: null })
  })

  it('ends with the license, but for how far the hub has been seen to be', () => {
    const given = giveUp(keepUpdateNews(record(), told), keyA, later)
    expect(given.updates).toEqual({ product: null, components: null, milestones })
  })
})

describe('a component', () => {
  const version = (text: string) => ({ version: text, sha256: 'ab'.repeat(32), installedAt: later, folder: text })
  const courier = { ...version('1.10.0'), directory: '/srv/components', previous: version('1.9.0') }
  const both = noteComponent(noteComponent(record(), 'parcel-courier', courier), 'constructor', courier)

  it('is noted under its slug, beside the others', () => {
    expect(both).toEqual(record({ components: { 'parcel-courier': courier, constructor: courier } }))
  })

  it('is forgotten alone', () => {
    expect(forgetComponent(both, 'constructor')).toEqual(record({ components: { 'parcel-courier': courier } }))
    expect(forgetComponent(both, 'ledger-erp')).toBe(both)
  })

  it('stays installed whatever becomes of the license', () => {
    const offline = { entitlement: entitlement(), token: '', isFor: () => true }
    const fates = [giveUp(both, keyA, later), activate(both, keyB, hubWord(later)), activateOffline(both, offline)]
    for (const fate of fates) expect(fate.components).toBe(both.components)
  })
})

describe('what a newer version has added to a record', () => {
  it('survives every transition', () => {
    const before = { ...record({ pending: pendingA, superseded: [keyC] }), addedLater: 'kept' }
    const changed: Record<string, LicenseRecord> = {
      announce: announceActivation(before, pendingB),
      abandon: abandonActivation(before, pendingA.nonce),
      activate: activate(before, keyB, hubWord(later)),
      activateOffline: activateOffline(before, { entitlement: entitlement(), token: '', isFor: () => true }),
      release: releaseSuperseded(before, keyC),
      settle: settleActivation(before, pendingA, hubWord(later, { status: 'revoked' })),
      renew: renew(before, before, hubWord(later)),
      giveUp: giveUp(before, keyA, later),
      postpone: postpone(before, { reason: 'timeout', retryAt: 0 }, later, 0),
    }
    for (const [name, after] of Object.entries(changed)) expect(after, name).toMatchObject({ addedLater: 'kept' })
  })
})
