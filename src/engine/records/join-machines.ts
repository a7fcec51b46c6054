import type { Clock } from '../../ports/clock.js'
import type { Lock } from '../../ports/lock.js'
import type { SharedStore } from '../../ports/shared-store.js'

interface MachinePorts {
  readonly clock: Clock
  readonly lock: Lock
}

/** The ports of a machine that shares a store with others. */
export function joinMachines({ clock, lock }: MachinePorts, shared: SharedStore): MachinePorts {
  return {
    // A record holds times. Machines whose clocks differ must read them alike.
    clock: { ...clock, now: () => clock.now() + shared.clockOffset() },
    lock: lockOfEither(shared.lock, lock, clock),
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
