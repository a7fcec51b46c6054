import type { Clock } from '../../ports/clock.js'
import type { Lock } from '../../ports/lock.js'
import type { RecordStore } from '../../ports/record-store.js'
import type { SharedStore } from '../../ports/shared-store.js'

interface MachinePorts {
  readonly clock: Clock
  readonly store: RecordStore
  readonly lock: Lock
}

/**
 * The ports of a machine that shares a store with others. Its own disk keeps copies of what is shared, apart from what
 * it has kept for itself.
 */
export function joinMachines({ clock, store, lock }: MachinePorts, shared: SharedStore): MachinePorts {
  return {
    // A record holds times. Machines whose clocks differ must read them alike.
    clock: { ...clock, now: () => clock.now() + shared.clockOffset() },
    store: underPrefix(`shared-${shared.name}-`, store),
    lock: lockOfEither(shared.lock, lock, clock),
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

/** The lock that all machines share, or that of the machine's own processes where there can be none. */
function lockOfEither(shared: Lock, own: Lock, clock: Clock): Lock {
  return {
    hold(name, patienceMs, operation) {
      const until = clock.monotonic() + patienceMs
      return shared.hold(name, patienceMs, (state) =>
        state === 'unavailable' ? own.hold(name, Math.max(0, until - clock.monotonic()), operation) : operation(state),
      )
    },
  }
}
