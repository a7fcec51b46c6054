import type { LicenseKey } from '../../domain/license/license-key.js'
import { releaseSuperseded } from '../../domain/license/transition.js'
import type { DeactivationAnswer } from '../../protocol/exchange/license.js'
import { buildLicenseRequest, readDeactivationResponse } from '../../protocol/exchange/license.js'
import type { Engine } from '../engine.js'
import { askHub, type HubReply } from '../hub/ask-hub.js'
import type { AskOptions } from '../license/ask-license.js'
import { licenseQuestion } from '../license/license-question.js'

/** Asks the hub to free the slot that a key takes on this domain. */
export async function releaseSlot(
  engine: Engine,
  licenseKey: LicenseKey,
  options: AskOptions,
): Promise<HubReply<DeactivationAnswer>> {
  return askHub(engine, {
    route: 'deactivate',
    body: buildLicenseRequest(await licenseQuestion(engine, licenseKey)),
    read: readDeactivationResponse,
    ...options,
  })
}

/**
 * Frees the slots of keys that another one has replaced. What the hub does not answer stays on record and is tried
 * again on the next occasion; what it refuses takes no slot any more.
 */
export async function releaseSupersededKeys(engine: Engine, options: AskOptions): Promise<void> {
  const record = await engine.keeper.load()
  if (typeof record === 'string') return
  for (const licenseKey of record.superseded) {
    const reply = await releaseSlot(engine, licenseKey, options)
    if (reply.kind === 'setback') return
    await engine.keeper.save((newest) => releaseSuperseded(newest, licenseKey))
  }
}
