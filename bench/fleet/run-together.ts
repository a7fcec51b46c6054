import type { FleetClient } from './fleet-client.js'

/**
 * Runs all clients on one virtual clock until `end`, whoever wakes first: for a hub at which one client's request
 * changes what another one meets. The order is a binary heap in two typed arrays; each client is in it once.
 */
export function runTogether(clients: readonly FleetClient[], end: number): void {
  const times = Float64Array.from(clients, (client) => client.wakesAt).sort()
  // Sorted times are a heap already.
  const order = Uint32Array.from(clients.keys()).sort((a, b) => wakeTime(clients, a) - wakeTime(clients, b))

  /** Puts the client at the root, which now wakes later, where it belongs. */
  function sink(client: number, time: number): void {
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= times.length) break
      if (child + 1 < times.length && at(times, child + 1) < at(times, child)) child += 1
      if (at(times, child) >= time) break
      times[place] = at(times, child)
      order[place] = at(order, child)
      place = child
    }
    times[place] = time
    order[place] = client
  }

  while (times.length > 0 && at(times, 0) < end) {
    const first = at(order, 0)
    clients[first]?.wake()
    sink(first, wakeTime(clients, first))
  }
}

function wakeTime(clients: readonly FleetClient[], client: number): number {
  return clients[client]?.wakesAt ?? Number.POSITIVE_INFINITY
}

function at(values: Float64Array | Uint32Array, index: number): number {
  return values[index] ?? Number.POSITIVE_INFINITY
}
