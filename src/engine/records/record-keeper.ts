import { isFlavorLicenseError } from '../../domain/errors.js'
import type { RecordProblem } from '../../domain/license/assess.js'
import { compareRecords, emptyRecord, type LicenseRecord } from '../../domain/license/record.js'
import type { Lock } from '../../ports/lock.js'
import { reasonOf, type Warn } from '../warnings.js'
import type { RecordShelf } from './record-shelf.js'

/** Keeps the license record of one client: on disk where that works, in memory in any case. */
export interface RecordKeeper {
  /** The newest record there is. */
  load(): Promise<LicenseRecord | RecordProblem>
  /**
   * Applies `change` to the newest record (an empty one where there is none) and keeps the outcome. A change that
   * returns the same object writes nothing.
   */
  save(change: (newest: LicenseRecord) => LicenseRecord): Promise<LicenseRecord>
  /** Removes the record, from memory and from disk; answers how many files that were. Rejects when they stay. */
  clear(): Promise<number>
  /** What was loaded or saved last, without looking. */
  remembered(): LicenseRecord | RecordProblem
  /** Whether the next process will know what this one does: false where the disk has not taken the last change. */
  isKept(): boolean
}

/** How long a save waits for other processes to finish theirs before it goes on without. */
const lockPatienceMs = 250

export function createRecordKeeper(openShelf: () => Promise<RecordShelf>, lock: Lock, warn: Warn): RecordKeeper {
  let remembered: LicenseRecord | RecordProblem = 'not-checked'
  /** What could not be written, so that memory alone has it. */
  let unsaved: LicenseRecord | undefined
  let queue: Promise<unknown> = Promise.resolve()

  async function load(): Promise<LicenseRecord | RecordProblem> {
    const found = await readShelf()
    const newest = unsaved && (typeof found === 'string' || compareRecords(found, unsaved) < 0) ? unsaved : found
    remembered = newest
    return newest
  }

  async function readShelf(): Promise<LicenseRecord | RecordProblem> {
    try {
      const shelf = await openShelf()
      const found = await shelf.read()
      // A reset leaves the identity. Where that is gone too, a cleaner took the directory, and memory knows better.
      if (typeof found === 'string' && typeof remembered !== 'string' && (await shelf.isGone())) unsaved = remembered
      return found
    } catch (error) {
      tolerate(error)
      return typeof remembered === 'string' ? 'record-unreadable' : remembered
    }
  }

  async function change(apply: (newest: LicenseRecord) => LicenseRecord): Promise<LicenseRecord> {
    const loaded = await load()
    const newest = typeof loaded === 'string' ? emptyRecord : loaded
    const applied = apply(newest)
    if (applied === newest) return newest
    const record = { ...applied, serial: newest.serial + 1 }
    remembered = record
    unsaved = record
    try {
      await (await openShelf()).publish(record)
      unsaved = undefined
    } catch (error) {
      tolerate(error)
    }
    return record
  }

  function exclusively<Result>(operation: () => Promise<Result>): Promise<Result> {
    const done = queue.then(() => lock.hold('license-v1', lockPatienceMs, operation))
    queue = done.catch(() => undefined)
    return done
  }

  /** A disk that does not work costs the memory of a restart, never the verdict. */
  function tolerate(error: unknown): void {
    if (isFlavorLicenseError(error)) throw error
    warn('storage-unavailable', reasonOf(error))
  }

  return {
    load,
    save: (apply) => exclusively(() => change(apply)),
    clear() {
      return exclusively(async () => {
        const removed = await (await openShelf()).clear()
        unsaved = undefined
        remembered = 'no-record'
        return removed
      })
    },
    remembered: () => remembered,
    isKept: () => unsaved === undefined,
  }
}
