import type { HubState } from './state.js'

/** Holds the present state. A change is durable, where a file keeps it, before anybody is told of it. */
export interface Store {
  read(): HubState
  write(next: HubState): void
}

export interface StoreHooks {
  /** What a change leads to, kept together with it. */
  complete(before: HubState, next: HubState): HubState
  save(state: HubState): void
  changed(): void
}

export function createStore(initial: HubState, { complete, save, changed }: StoreHooks): Store {
  let state = initial
  return {
    read: () => state,
    write: (next) => {
      if (next === state) return
      const completed = complete(state, next)
      save(completed)
      state = completed
      changed()
    },
  }
}
