import { setImmediate } from 'node:timers/promises'

/** Lets the event loop turn: whatever the host has to do is done before this goes on. */
export async function nextTurn(): Promise<void> {
  await setImmediate()
}

/**
 * Loads one thing after the other, and lets the event loop turn after each: at once, they would keep the host from
 * everything else for as long as all of them take together.
 */
export async function loadInTurns(loads: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const load of loads) {
    await load()
    await nextTurn()
  }
}
