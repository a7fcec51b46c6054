import { setImmediate as nextTurn } from 'node:timers/promises'

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
