import type { LicenseKey } from '../../domain/license/license-key.js'
import type { DeactivateOutcome } from '../../domain/license/outcome.js'
import { giveUp, keyInUse } from '../../domain/license/transition.js'
import type { Engine } from '../engine.js'
import { deferral } from '../hub/deferral.js'
import { releaseSlot, releaseSupersededKeys } from '../updates/release-superseded.js'
import type { AskOptions } from './ask-license.js'
import { verdictOn } from './verdict-on.js'

/**
 * Frees the activation slot at the hub, then forgets the key. This is the caller's own intent, so that an answer of
 * the right shape is enough, without a signature.
 */
export async function deactivateLicense(engine: Engine, options: AskOptions): Promise<DeactivateOutcome> {
  const held = await engine.keeper.load()
  const licenseKey = typeof held === 'string' ? null : keyInUse(held)
  if (licenseKey === null) {
    // An offline license holds no key: the hub knows nothing of this machine, and only the machine must forget.
    if (typeof held === 'string' || held.entitlement === null) {
      await releaseSupersededKeys(engine, options)
      return { outcome: 'not-activated' }
    }
    await forget(engine, null)
    return { outcome: 'deactivated', activations: null }
  }

  const reply = await releaseSlot(engine, licenseKey, options)
  if (reply.kind !== 'answer') return deferral(reply)
  await forget(engine, licenseKey)
  await releaseSupersededKeys(engine, options)
  const { deactivated, activations } = reply.answer
  return deactivated ? { outcome: 'deactivated', activations } : { outcome: 'not-activated' }
}

async function forget(engine: Engine, licenseKey: LicenseKey | null): Promise<void> {
  const now = engine.clock.now()
  const record = await engine.keeper.save((newest) => giveUp(newest, licenseKey, now))
  await verdictOn(engine, record, now, 'hub')
}
