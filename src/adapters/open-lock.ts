import type { Lock } from '../ports/lock.js'

/** Always grants: for stores that no other process sees, and to prove that nothing rests on a lock. */
export const openLock: Lock = {
  hold: (_name, _patienceMs, operation) => operation('held'),
}
