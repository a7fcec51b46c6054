import { setTimeout as wait } from 'node:timers/promises'
import type { Delay } from './options.js'

/** Ends early, and lets the process end, once the client has gone or the server is closed. */
export const timerDelay: Delay = async (ms, signal) => {
  // Longer ones would fire at once.
  const longest = 2_147_483_647
  await wait(Math.min(ms, longest), undefined, { signal })
}
