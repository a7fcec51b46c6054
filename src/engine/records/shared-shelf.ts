import { isFlavorLicenseError } from '../../domain/errors.js'
import type { RecordProblem } from '../../domain/license/assess.js'
import { compareRecords, type LicenseRecord } from '../../domain/license/record.js'
import type { RecordShelf } from './record-shelf.js'

/**
 * The records that several machines share, with a copy on this one. Whichever is newer is the record, and goes where it
 * is missing: the copy is what is left when the shared store is out of reach, and the store learns afterwards what
 * happened meanwhile.
 *
 * @param onFailure - Hears that the shared store failed.
 */
export function sharedShelf(shared: RecordShelf, copy: RecordShelf, onFailure: (error: unknown) => void): RecordShelf {
  /** A machine without a disk that can be used is one without a copy, unless that is the caller's mistake. */
  function tolerate(error: unknown): void {
    if (isFlavorLicenseError(error)) throw error
  }

  return {
    async read() {
      const [theirs, own] = await Promise.allSettled([shared.read(), copy.read()])
      if (own.status === 'rejected') tolerate(own.reason)
      if (theirs.status === 'rejected') {
        onFailure(theirs.reason)
        if (own.status === 'rejected') throw own.reason
        // That this machine knows of no license says nothing while the others cannot be asked.
        return own.value === 'no-record' ? 'record-unreadable' : own.value
      }
      if (own.status === 'rejected') return theirs.value
      if (isNewer(own.value, theirs.value)) {
        await shared.publish(own.value).catch(onFailure)
        return own.value
      }
      if (isNewer(theirs.value, own.value)) await copy.publish(theirs.value).catch(tolerate)
      return theirs.value
    },

    async publish(record) {
      const [theirs, own] = await Promise.allSettled([shared.publish(record), copy.publish(record)])
      if (own.status === 'rejected') tolerate(own.reason)
      if (theirs.status === 'rejected') {
        onFailure(theirs.reason)
        if (own.status === 'rejected') throw own.reason
      }
    },

    async isGone() {
      const areGone = [shared, copy].map((shelf) => shelf.isGone().catch(() => true))
      return (await Promise.all(areGone)).every(Boolean)
    },

    // The shared ones first: where they stay, the license comes back, and nothing must be said to be forgotten.
    clear: async () => (await shared.clear()) + (await copy.clear()),
  }
}

function isNewer(one: LicenseRecord | RecordProblem, other: LicenseRecord | RecordProblem): one is LicenseRecord {
  if (typeof one === 'string') return false
  return typeof other === 'string' || compareRecords(one, other) > 0
}
