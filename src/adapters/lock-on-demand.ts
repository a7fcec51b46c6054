import type { Lock } from '../ports/lock.js'

/**
 * A lock that is loaded when it is first needed, since most starts of a product write nothing. One that cannot be loaded
 * is unavailable, as one is that cannot be taken: nothing rests on a lock.
 */
export function lockOnDemand(load: () => Promise<Lock>): Lock {
  let loading: Promise<Lock> | undefined
  return {
    async hold(name, patienceMs, operation) {
      loading ??= load()
      const lock = await loading.catch(() => undefined)
      if (lock) return lock.hold(name, patienceMs, operation)
      loading = undefined
      return operation('unavailable')
    },
  }
}
