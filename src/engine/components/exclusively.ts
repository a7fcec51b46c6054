import { digestText } from '../../asking/digest.js'
import { type ComponentFailed, failedComponent } from '../../domain/component/component-outcome.js'
import { isFlavorLicenseError } from '../../domain/errors.js'
import type { ComponentPlace } from '../../ports/component-store.js'
import type { LockState } from '../../ports/lock.js'
import type { Engine } from '../engine.js'

/**
 * Keeps two processes from doing the same work on one component at once. Nothing rests on it: each version lies in a
 * folder of its own, and the record decides which of two is in use.
 */
export async function exclusively<Outcome>(
  { hash, lock }: Engine,
  { directory, slug }: ComponentPlace,
  patienceMs: number,
  operation: (state: LockState) => Promise<Outcome>,
): Promise<Outcome> {
  const name = `component-v1-${digestText(hash, JSON.stringify([directory, slug])).slice(0, 16)}`
  return lock.hold(name, patienceMs, operation)
}

/** What the operating system says against a change is an outcome; that the caller gave up, or misused us, is not. */
export async function orFailed<Outcome>(
  signal: AbortSignal | undefined,
  operation: () => Promise<Outcome>,
): Promise<Outcome | ComponentFailed> {
  try {
    return await operation()
  } catch (error) {
    if (signal?.aborted || isFlavorLicenseError(error)) throw error
    return failedComponent('disk-failed', error instanceof Error ? error.message : undefined)
  }
}
