import type { RecordStore } from '../../ports/record-store.js'
import type { SharedStore } from '../../ports/shared-store.js'
import type { IdentityStore } from './identity.js'
import type { RecordShelf } from './record-shelf.js'
import { sharedIdentityStore } from './shared-identity.js'
import { sharedShelf } from './shared-shelf.js'

/** Where the identity and the records of a client are. */
export interface RecordPlace {
  readonly identityStore: IdentityStore
  readonly shelf: (shelfIn: (store: RecordStore) => RecordShelf) => RecordShelf
}

/**
 * In a store that several machines share. This one's own disk keeps copies of what is shared, apart from what it has
 * kept for itself.
 *
 * @param onFailure - Hears that the shared store failed.
 */
export function shareRecords(
  { name, store: shared }: SharedStore,
  own: RecordStore,
  onFailure: (error: unknown) => void,
): RecordPlace {
  const copy = underPrefix(`shared-${name}-`, own)
  return {
    identityStore: sharedIdentityStore(shared, copy, onFailure),
    shelf: (shelfIn) => sharedShelf(shelfIn(shared), shelfIn(copy), onFailure),
  }
}

/** A part of a store, of names that begin alike. */
function underPrefix(prefix: string, store: RecordStore): RecordStore {
  return {
    list: async (begin) => (await store.list(prefix + begin)).map((name) => name.slice(prefix.length)),
    read: (name) => store.read(prefix + name),
    publish: (name, content) => store.publish(prefix + name, content),
    publishOnce: (name, content) => store.publishOnce(prefix + name, content),
    remove: (name) => store.remove(prefix + name),
    setAside: (name) => store.setAside(prefix + name),
    describe: store.describe,
  }
}
