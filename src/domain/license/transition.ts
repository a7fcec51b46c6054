import type { InstalledComponent } from '../component/component.js'
import { backOffAfter } from '../schedule/back-off.js'
import { keepable, noUpdateNews, type UpdateNews } from '../update/update-news.js'
import { synchronizeClock } from './clock-guard.js'
import type { LicenseKey } from './license-key.js'
import {
  type Activations,
  type Entitlement,
  emptyRecord,
  type LicenseRecord,
  type PendingActivation,
} from './record.js'
import type { Setback, SetbackReason } from './setback.js'

/** The hub's word as it arrived. */
export interface HubWord {
  readonly entitlement: Entitlement
  readonly activations: Activations
  readonly token: string | null
  /** On the machine's clock. */
  readonly receivedAt: number
}

/** The record with an activation announced, before it is requested: a lost answer must not lose the slot it took. */
export function announceActivation(record: LicenseRecord, pending: PendingActivation): LicenseRecord {
  // The hub may have carried out the one that was pending until now, whose slot would be lost with its answer.
  const { superseded } = supersede(record, record.pending?.licenseKey)
  return { ...record, pending, superseded: superseded.filter((key) => key !== pending.licenseKey) }
}

/** The record with one more key whose slot the hub is to free, unless that is the key that is licensed. */
function supersede(record: LicenseRecord, licenseKey: LicenseKey | undefined): LicenseRecord {
  if (licenseKey === undefined || licenseKey === record.licenseKey) return record
  return { ...record, superseded: [...new Set([...record.superseded, licenseKey])] }
}

/** Reasons for which a request cannot have reached the hub, or was turned away before anything was done. */
const neverProcessed: ReadonlySet<SetbackReason> = new Set<SetbackReason>([
  'over-budget',
  'rate-limited',
  'name-not-resolved',
  'connection-refused',
  'tls-failed',
])

/** The record after an activation without an answer. It stays pending where the hub may have carried it out. */
export function suspendActivation(record: LicenseRecord, nonce: string, setback: Setback): LicenseRecord {
  return neverProcessed.has(setback.reason) ? abandonActivation(record, nonce) : record
}

/** The record after the hub refused an activation: whatever was licensed before stays as it was. */
export function abandonActivation(record: LicenseRecord, nonce: string): LicenseRecord {
  return record.pending?.nonce === nonce ? { ...record, pending: null } : record
}

/** The record after the hub activated `licenseKey`. A key that was active before is to be given up at the hub. */
export function activate(record: LicenseRecord, licenseKey: LicenseKey, word: HubWord): LicenseRecord {
  const replaced = record.licenseKey === null ? [] : [record.licenseKey]
  const superseded = new Set([...record.superseded, ...replaced])
  superseded.delete(licenseKey)
  return {
    ...record,
    ...told(word),
    epoch: record.epoch + 1,
    licenseKey,
    deactivatedAt: null,
    // Another key may have been entered while this one was under way.
    pending: record.pending?.licenseKey === licenseKey ? null : record.pending,
    // A refusal of updates was about the key before.
    updatesBackOff: null,
    superseded: [...superseded],
  }
}

/**
 * The record after the answer to an activation, `announced` being the record that said that it was coming. Where
 * another key was activated or the license was given up in between, that stands, and the slot is to be freed again.
 */
export function completeActivation(
  record: LicenseRecord,
  announced: LicenseRecord,
  licenseKey: LicenseKey,
  word: HubWord,
): LicenseRecord {
  const awaited = record.pending?.nonce === announced.pending?.nonce
  const overtaken = !awaited && record.epoch > announced.epoch && record.licenseKey !== licenseKey
  return overtaken ? supersede(record, licenseKey) : activate(record, licenseKey, word)
}

/** A license that came as a file, for a machine that never sees the hub. */
export interface OfflineLicense {
  readonly entitlement: Entitlement
  readonly token: string
  /** Whether the license of `licenseKey` is the very one that the file is for. */
  readonly isFor: (licenseKey: LicenseKey) => boolean
}

/** The record after an offline license was installed. There is no key, so nothing asks the hub any more. */
export function activateOffline(record: LicenseRecord, { entitlement, token, isFor }: OfflineLicense): LicenseRecord {
  const replaced = [record.licenseKey, record.pending?.licenseKey].flatMap((key) => (key && !isFor(key) ? [key] : []))
  return {
    ...record,
    epoch: record.epoch + 1,
    licenseKey: null,
    entitlement,
    token,
    activations: null,
    deactivatedAt: null,
    pending: null,
    updatesBackOff: null,
    superseded: [...new Set([...record.superseded, ...replaced])],
    clock: { ...record.clock, floor: Math.max(record.clock.floor, entitlement.issuedAt) },
    backOff: null,
  }
}

/** The record after the hub freed the slot of a key that another one had replaced. */
export function releaseSuperseded(record: LicenseRecord, licenseKey: LicenseKey): LicenseRecord {
  if (!record.superseded.includes(licenseKey)) return record
  return { ...record, superseded: record.superseded.filter((key) => key !== licenseKey) }
}

/** The record after the hub told how an activation ended whose own answer was lost. */
export function settleActivation(record: LicenseRecord, pending: PendingActivation, word: HubWord): LicenseRecord {
  if (record.pending?.nonce !== pending.nonce) return record
  if (word.entitlement.status === 'active') return activate(record, pending.licenseKey, word)
  const abandoned = abandonActivation(record, pending.nonce)
  // Where the license on record was being activated once more, this is the hub's word about that one.
  return record.licenseKey === pending.licenseKey ? renew(abandoned, abandoned, word) : abandoned
}

/**
 * The record after the hub's answer to a verification of `asked`.
 *
 * Dropped, when something else was activated or the license was given up while the question was under way, or when a
 * newer answer to another question has arrived first.
 */
export function renew(record: LicenseRecord, asked: LicenseRecord, word: HubWord): LicenseRecord {
  if (record.epoch !== asked.epoch || record.licenseKey !== asked.licenseKey) return record
  const { issuedAt } = word.entitlement
  const before = asked.lastWordAt ?? Number.NEGATIVE_INFINITY
  const known = record.lastWordAt ?? Number.NEGATIVE_INFINITY
  if (known > before && known > issuedAt) return record

  // The answer was made after the question, so an older date means that the hub's clock was set back: a new epoch,
  // else the record with the wrong date would stay the newest.
  const epoch = issuedAt < before ? record.epoch + 1 : record.epoch
  return { ...record, ...told(word), epoch }
}

/** The key that a deactivation gives up; `null` where there is none, as with an offline license. */
export function keyInUse({ licenseKey, pending }: LicenseRecord): LicenseKey | null {
  return licenseKey ?? pending?.licenseKey ?? null
}

/**
 * The record after the hub confirmed, or never knew, that `licenseKey` is not active here. Holds no key any more,
 * unless something else was activated while the question was under way: that stands.
 */
export function giveUp(record: LicenseRecord, licenseKey: LicenseKey | null, now: number): LicenseRecord {
  const inUse = keyInUse(record)
  const isReplaced = inUse !== licenseKey && (inUse !== null || record.entitlement !== null)
  if (isReplaced) return licenseKey === null ? record : releaseSuperseded(record, licenseKey)

  // The hub freed the license's own slot. That of another key, whose activation had no answer yet, is still to be freed.
  const other = record.licenseKey === null ? undefined : record.pending?.licenseKey
  return {
    ...record,
    ...emptyRecord,
    epoch: record.epoch + 1,
    serial: record.serial,
    superseded: supersede(record, other).superseded,
    lastWordAt: record.lastWordAt,
    updates: { ...noUpdateNews, milestones: record.updates.milestones },
    components: record.components,
    clock: record.clock,
    deactivatedAt: now,
  }
}

/** The record after the hub answered about updates. */
export function noteUpdateCheck(record: LicenseRecord, now: number): LicenseRecord {
  return { ...record, updatesCheckedAt: now + record.clock.offset, updatesBackOff: null }
}

/** The record with what the hub said about releases. */
export function keepUpdateNews(record: LicenseRecord, updates: UpdateNews): LicenseRecord {
  const { product, components, milestones } = updates
  return { ...record, updates: { product: keepable(product), components: keepable(components), milestones } }
}

/** The record after an update check that the hub refused or did not answer. */
export function postponeUpdateCheck(
  record: LicenseRecord,
  setback: Setback,
  now: number,
  fraction: number,
): LicenseRecord {
  return { ...record, updatesBackOff: backOffAfter(record.updatesBackOff, setback, now, fraction) }
}

/** The record after a version of a component was put in place. */
export function noteComponent(record: LicenseRecord, slug: string, component: InstalledComponent): LicenseRecord {
  return { ...record, components: { ...record.components, [slug]: component } }
}

/** The record after a component was removed. */
export function forgetComponent(record: LicenseRecord, slug: string): LicenseRecord {
  if (!Object.hasOwn(record.components, slug)) return record
  const { [slug]: _, ...components } = record.components
  return { ...record, components }
}

/** The record after an attempt that brought no word of the hub. */
export function postpone(record: LicenseRecord, setback: Setback, now: number, fraction: number): LicenseRecord {
  return { ...record, backOff: backOffAfter(record.backOff, setback, now, fraction) }
}

function told({ entitlement, activations, token, receivedAt }: HubWord): Partial<LicenseRecord> {
  return {
    entitlement,
    activations,
    token,
    lastWordAt: entitlement.issuedAt,
    clock: synchronizeClock(entitlement.issuedAt, receivedAt),
    backOff: null,
  }
}
