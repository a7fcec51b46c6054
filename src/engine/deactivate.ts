import type { DeactivateOutcome } from '../domain/outcome.js'
import { giveUp } from '../domain/transition.js'
import { buildLicenseRequest, readDeactivationResponse } from '../protocol/exchange/license.js'
import { askHub } from './ask-hub.js'
import type { AskOptions } from './ask-license.js'
import { deferral } from './deferral.js'
import type { Engine } from './engine.js'
import { licenseQuestion } from './license-question.js'
import { verdictOn } from './verdict-on.js'

/**
 * Frees the activation slot at the hub, then forgets the key. This is the caller's own intent, so that an answer of
 * the right shape is enough, without a signature.
 */
export async function deactivateLicense(engine: Engine, options: AskOptions): Promise<DeactivateOutcome> {
  const { clock, keeper } = engine
  const held = await keeper.load()
  const licenseKey = typeof held === 'string' ? null : (held.licenseKey ?? held.pending?.licenseKey ?? null)
  if (licenseKey === null) return { outcome: 'not-activated' }

  const reply = await askHub(engine, {
    route: 'deactivate',
    body: buildLicenseRequest(await licenseQuestion(engine, licenseKey)),
    read: readDeactivationResponse,
    ...options,
  })
  if (reply.kind !== 'answer') return deferral(reply)

  const now = clock.now()
  const record = await keeper.save((newest) => giveUp(newest, now))
  await verdictOn(engine, record, now, 'hub')
  const { deactivated, activations } = reply.answer
  return deactivated ? { outcome: 'deactivated', activations } : { outcome: 'not-activated' }
}
