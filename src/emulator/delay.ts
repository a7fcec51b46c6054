import { setTimeout as wait } from 'node:timers/promises'
import type { Delay } from './options.js'

/** Does not keep the process alive: a late answer is no reason for a program not to end. */
export const timerDelay: Delay = async (ms, signal) => {
  // Longer ones would fire at once.
  const longest = 2_147_483_647
  await wait(Math.min(ms, longest), undefined, { signal, ref: false })
}
