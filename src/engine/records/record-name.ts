import type { LicenseRecord } from '../../domain/license/record.js'

const width = 11

/** A whole number, zero or above, such that names sort as the numbers do. */
function ordered(value: number): string {
  return Math.max(0, Math.floor(value)).toString(36).padStart(width, '0')
}

/** The place of a record in the order of records, as the middle of its file name. */
export function recordOrder(record: LicenseRecord): string {
  return [record.epoch, record.lastWordAt ?? 0, record.serial].map(ordered).join('-')
}

/**
 * The name of a record's file. Every state is a file of its own, named so that the newest sorts last: writers never
 * replace each other's work, whether or not they hold a lock, and the file that is left over is the newest.
 */
export function recordName(series: string, record: LicenseRecord, digest: string): string {
  return `${series}${recordOrder(record)}-${digest.slice(0, 8)}${recordSuffix}`
}

const recordSuffix = '.jws'

/** Whether this is a record, and not one that was set aside. */
export function isRecordName(name: string): boolean {
  return name.endsWith(recordSuffix)
}

/** What the names of all records begin with. The format's major version is part of it: newer ones are never touched. */
export const recordPrefix: string = 'license-v1-'

/** What the names of one scope's records begin with. */
export function recordSeries(scopeDigest: string): string {
  return `${recordPrefix}${scopeDigest}-`
}
