import type { LedgerStore } from './ledger-store.js'
import type { Lock } from './lock.js'
import type { RecordStore } from './record-store.js'

/**
 * What the processes of several machines share, in place of what those of one machine share on its disk: made by
 * `redisStore` of `flavor-license/redis`. Its members are no part of the public surface.
 *
 * It may be out of reach at any time: its stores then reject, soon, and its lock is `unavailable`.
 */
export interface SharedStore {
  /**
   * Tells this store from others, in the names of the copies that a machine keeps.
   *
   * @internal
   */
  readonly name: string
  /** @internal */
  readonly store: RecordStore
  /** @internal */
  readonly ledger: LedgerStore
  /** @internal */
  readonly lock: Lock
  /**
   * The store's wall clock minus this machine's, as of the last answer; 0 before the first.
   *
   * @internal
   */
  clockOffset(): number
}
