import type { DomainName } from '../domain/license/domain-name.js'
import type { Clock } from '../ports/clock.js'
import type { Hash } from '../ports/hash.js'
import type { Lock } from '../ports/lock.js'
import type { Observer } from '../ports/observer.js'
import type { Random } from '../ports/random.js'
import type { RecordStore } from '../ports/record-store.js'
import type { SharedStore } from '../ports/shared-store.js'
import type { MachineSignature } from '../ports/signature.js'
import { onDemand } from './on-demand.js'
import { createIdentitySource, type Identity } from './records/identity.js'
import { joinMachines } from './records/join-machines.js'
import { createRecordKeeper, type RecordKeeper } from './records/record-keeper.js'
import { recordShelf } from './records/record-shelf.js'
import type { RecordPlace } from './records/share-records.js'
import type { Settings } from './settings.js'
import { createWarn, reasonOf, recordWarningMessage, type Warn } from './warnings.js'

/** What a verdict from the record can fail by. */
export interface RecordPorts {
  readonly clock: Clock
  readonly random: Random
  readonly hash: Hash
  readonly signature: MachineSignature
  readonly store: RecordStore
  readonly lock: Lock
  readonly observer: Observer
  /** What machines share, for products that run on many with one license. */
  readonly sharedStore?: SharedStore
}

/** What a verdict from the record takes: one client's settings, its ports, and what it remembers. */
export interface RecordEngine extends RecordPorts {
  readonly settings: Settings
  readonly identity: () => Promise<Identity>
  readonly keeper: RecordKeeper
  readonly warn: Warn
  /** The domain of the license; `auto` until the identity that it stands for has been read. */
  readonly knownDomain: () => DomainName | 'auto'
}

export function createRecordEngine(settings: Settings, given: RecordPorts): RecordEngine {
  const warn = createWarn(given.observer, recordWarningMessage)
  const shared = given.sharedStore
  const ports: RecordPorts = shared ? { ...given, ...joinMachines(given, shared) } : given
  const openPlace = onDemand(() => locateRecords(ports, warn))

  let knownDomain = settings.domain
  const openStore = async () => (await openPlace()).identityStore
  const source = createIdentitySource(settings, { ...ports, openStore }, warn)
  const identity = async () => {
    const self = await source()
    knownDomain = self.domain
    return self
  }
  const openShelf = async () => {
    if (settings.hubKeys.size === 0) warn('unpinned-hub')
    const self = await identity()
    return (await openPlace()).shelf((store) => recordShelf(settings, { ...ports, store }, self, warn))
  }
  return {
    ...ports,
    settings,
    identity,
    keeper: createRecordKeeper(openShelf, ports.lock, warn),
    knownDomain: () => knownDomain,
    warn,
  }
}

async function locateRecords({ store, sharedStore }: RecordPorts, warn: Warn): Promise<RecordPlace> {
  if (!sharedStore) return { identityStore: store, shelf: (shelfIn) => shelfIn(store) }
  // Few products run on many machines: the others do not pay for what those need besides.
  const { shareRecords } = await import('./records/share-records.js')
  return shareRecords(sharedStore, store, (error) => warn('shared-store-unavailable', reasonOf(error)))
}
