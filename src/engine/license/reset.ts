import { isFlavorLicenseError } from '../../domain/errors.js'
import type { ResetOutcome } from '../../domain/license/outcome.js'
import type { Engine } from '../engine.js'

/** Forgets the license on this machine, whatever its state. Asks no hub, so that a slot stays taken there. */
export async function resetLicense({ keeper }: Engine): Promise<ResetOutcome> {
  try {
    return { outcome: 'reset', removed: await keeper.clear() }
  } catch (error) {
    if (isFlavorLicenseError(error)) throw error
    const detail = error instanceof Error ? ` (${error.message})` : ''
    return {
      outcome: 'failed',
      message: `The license records could not be removed. Remove the files of the data directory by hand.${detail}`,
    }
  }
}
