import type { HubState } from './state.js'

/** Holds the present state. A change is durable, where a file keeps it, before anybody is told of it. */
export interface Store {
  read(): HubState
  write(next: HubState): void
}

export function createStore(initial: HubState, save: (state: HubState) => void): Store {
  let state = initial
  return {
    read: () => state,
    write: (next) => {
      if (next === state) return
      save(next)
      state = next
    },
  }
}
