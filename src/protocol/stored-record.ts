import { isLicenseKey, type LicenseKey } from '../domain/license/license-key.js'
import {
  type Activations,
  type BackOff,
  type ClockState,
  type Entitlement,
  emptyRecord,
  type LicenseRecord,
  type PendingActivation,
} from '../domain/license/record.js'
import { type SetbackReason, setbackMessage } from '../domain/license/setback.js'
import {
  isAnything,
  isCount,
  isString,
  isText,
  isTime,
  listOf,
  nullable,
  objectOf,
  oneOf,
  type Shape,
} from './shape.js'
import { readStoredComponents } from './stored-components.js'
import { readStoredUpdates } from './stored-updates.js'
import { licenseStatuses } from './wire/license-status.js'

interface StoredBackOff extends Omit<BackOff, 'reason'> {
  readonly reason: string
}

/** Members that the first version of the format lacked. */
type Later = 'updatesCheckedAt'

interface Stored
  extends Omit<LicenseRecord, Later | 'backOff' | 'updatesBackOff' | 'updates' | 'components'>,
    Partial<Pick<LicenseRecord, Later>> {
  readonly backOff: StoredBackOff | null
  readonly updatesBackOff?: StoredBackOff | null
  readonly updates?: unknown
  readonly components?: unknown
}

const isKey: Shape<LicenseKey> = (value): value is LicenseKey => isString(value) && isLicenseKey(value)

const isBackOff = objectOf<StoredBackOff>({ reason: isString, failures: isCount, attemptedAt: isTime, until: isTime })

const isStored = objectOf<Stored>(
  {
    epoch: isCount,
    serial: isCount,
    licenseKey: nullable(isKey),
    entitlement: nullable(
      objectOf<Entitlement>({
        basis: oneOf(['hub', 'offline']),
        status: oneOf(licenseStatuses),
        tier: isText,
        features: listOf(isText),
        expiresAt: nullable(isTime),
        issuedAt: isTime,
        leaseEndsAt: nullable(isTime),
      }),
    ),
    token: nullable(isString),
    activations: nullable(objectOf<Activations>({ used: isCount, limit: nullable(isCount) })),
    deactivatedAt: nullable(isTime),
    pending: nullable(objectOf<PendingActivation>({ licenseKey: isKey, nonce: isText, startedAt: isTime })),
    superseded: listOf(isKey),
    lastWordAt: nullable(isTime),
    updatesCheckedAt: nullable(isTime),
    updatesBackOff: nullable(isBackOff),
    updates: isAnything,
    components: isAnything,
    clock: objectOf<ClockState>({ offset: isTime, floor: isTime }),
    backOff: nullable(isBackOff),
  },
  ['updatesCheckedAt', 'updatesBackOff', 'updates', 'components'],
)

/**
 * The record as it lies on disk, or `undefined` when it is none. What a newer version of this package has added is
 * carried along and written back, never lost.
 */
export function readStoredRecord(value: unknown): LicenseRecord | undefined {
  if (!isStored(value)) return undefined
  const { backOff, updatesBackOff = null, updates, components } = value
  return {
    ...emptyRecord,
    ...value,
    backOff: known(backOff),
    updatesBackOff: known(updatesBackOff),
    updates: readStoredUpdates(updates),
    components: readStoredComponents(components),
  }
}

/** A reason that only a newer version knows must not make the record unreadable. */
function known(backOff: StoredBackOff | null): BackOff | null {
  return backOff && { ...backOff, reason: isKnownReason(backOff.reason) ? backOff.reason : 'network-failed' }
}

function isKnownReason(reason: string): reason is SetbackReason {
  return Object.hasOwn(setbackMessage, reason)
}
