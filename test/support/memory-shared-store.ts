import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import { openLock } from '../../src/adapters/open-lock.js'
import type { RecordStore } from '../../src/ports/record-store.js'
import type { SharedStore } from '../../src/ports/shared-store.js'
import type { ManualClock } from './manual-clock.js'

/** A place that machines share, which may be out of reach. */
export interface SharedPlace {
  readonly records: RecordStore
  /** The place as a machine sees it, whose own clock may be wrong. */
  seenFrom(machine: ManualClock): SharedStore
  goAway(): void
  comeBack(): void
  /** As a Redis that keeps nothing on disk and is started again. */
  loseEverything(): void
}

/** @param clock - The place's own. */
export function sharedPlace(clock: ManualClock): SharedPlace {
  let isAway = false
  let records = memoryRecordStore()
  let ledgers = memoryLedgerStore()

  async function reach<Result>(operation: () => Promise<Result>): Promise<Result> {
    if (isAway) throw new Error('out of reach')
    return operation()
  }

  const store: RecordStore = {
    list: (prefix) => reach(() => records.list(prefix)),
    read: (name) => reach(() => records.read(name)),
    publish: (name, content) => reach(() => records.publish(name, content)),
    publishOnce: (name, content) => reach(() => records.publishOnce(name, content)),
    remove: (name) => reach(() => records.remove(name)),
    setAside: (name) => reach(() => records.setAside(name)),
    describe: () => records.describe(),
  }

  return {
    records: store,
    seenFrom: (machine) => ({
      name: 'place',
      store,
      ledger: {
        read: (name) =>
          reach(async () => ({
            ...(await ledgers.read(name)),
            present: { timeline: 'place', time: clock.now() },
          })),
        advance: (name, version, content) => reach(() => ledgers.advance(name, version, content)),
      },
      lock: {
        hold: (name, patienceMs, operation) =>
          isAway ? operation('unavailable') : openLock.hold(name, patienceMs, operation),
      },
      clockOffset: () => clock.now() - machine.now(),
    }),
    goAway() {
      isAway = true
    },
    comeBack() {
      isAway = false
    },
    loseEverything() {
      records = memoryRecordStore()
      ledgers = memoryLedgerStore()
    },
  }
}
