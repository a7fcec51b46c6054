import type { RecordStore } from '../../ports/record-store.js'
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
 * In a store that several machines share, with a copy on this one.
 *
 * @param onFailure - Hears that the shared store failed.
 */
export function shareRecords(shared: RecordStore, copy: RecordStore, onFailure: (error: unknown) => void): RecordPlace {
  return {
    identityStore: sharedIdentityStore(shared, copy, onFailure),
    shelf: (shelfIn) => sharedShelf(shelfIn(shared), shelfIn(copy), onFailure),
  }
}
