import type { RecordProblem } from '../../domain/license/assess.js'
import type { LicenseKey } from '../../domain/license/license-key.js'
import type { LicenseRecord } from '../../domain/license/record.js'

/** Why there is nothing to ask the hub about releases with. */
export type NoKey = 'not-activated' | 'offline-license'

export type KeyOnRecord = { readonly record: LicenseRecord; readonly licenseKey: LicenseKey } | { readonly none: NoKey }

/** The key that the hub is asked with. An offline license has none. */
export function keyOnRecord(record: LicenseRecord | RecordProblem): KeyOnRecord {
  if (typeof record === 'string') return { none: 'not-activated' }
  const { licenseKey, entitlement } = record
  if (licenseKey === null) return { none: entitlement === null ? 'not-activated' : 'offline-license' }
  return { record, licenseKey }
}
