import { parseLicenseKey } from '../../domain/license/license-key.js'
import type { ActivateOutcome, ActivationRefused } from '../../domain/license/outcome.js'
import { type ActivationRefusal, activationRefusals, refusalMessage } from '../../domain/license/refusal.js'
import {
  abandonActivation,
  announceActivation,
  completeActivation,
  type HubWord,
  suspendActivation,
} from '../../domain/license/transition.js'
import type { Engine } from '../engine.js'
import type { HubReply } from '../hub/ask-hub.js'
import { deferral } from '../hub/deferral.js'
import { releaseSupersededKeys } from '../updates/release-superseded.js'
import { type AskOptions, askLicense } from './ask-license.js'
import { licenseQuestion } from './license-question.js'
import { refusalOf } from './refusal-of.js'
import { verdictOn } from './verdict-on.js'

/** Activates a key that somebody entered. A key of another shape is refused without asking the hub. */
export async function activateLicense(engine: Engine, input: string, options: AskOptions): Promise<ActivateOutcome> {
  // A form field that nobody filled in may be anything in a program without types.
  const licenseKey = typeof input === 'string' ? parseLicenseKey(input) : undefined
  if (!licenseKey) return refused('invalid-key')

  const { clock, keeper } = engine
  const question = await licenseQuestion(engine, licenseKey)
  const { nonce } = question
  const startedAt = clock.now()
  const announced = await keeper.save((record) => announceActivation(record, { licenseKey, nonce, startedAt }))

  const reply = await askLicense(engine, 'activate', question, options)
  const refusal = refusalIn(reply)
  if (refusal) {
    await keeper.save((record) => abandonActivation(record, nonce))
    const activations = reply.kind === 'refusal' && refusal === 'limit-reached' ? reply.activations : null
    return { ...refused(refusal), ...(activations && { activations }) }
  }
  if (reply.kind !== 'answer') {
    await keeper.save((record) =>
      reply.kind === 'refusal' ? abandonActivation(record, nonce) : suspendActivation(record, nonce, reply.setback),
    )
    return deferral(reply)
  }
  const word = reply.answer
  if (word.entitlement.status !== 'active') {
    // "Activated, but not active here" contradicts itself, so it decides nothing.
    await keeper.save((record) => abandonActivation(record, nonce))
    return deferral({ kind: 'setback', setback: { reason: 'unexpected-answer', retryAt: word.receivedAt } })
  }
  const record = await keeper.save((newest) => completeActivation(newest, announced, licenseKey, word))
  await releaseSupersededKeys(engine, options)
  const verdict = await verdictOn(engine, record, word.receivedAt, 'hub')
  return { outcome: 'activated', verdict, activations: word.activations }
}

/** A no of the hub, as an error or as a license that is not active. */
function refusalIn(reply: HubReply<HubWord>): ActivationRefusal | undefined {
  if (reply.kind === 'setback') return undefined
  const reason = reply.kind === 'refusal' ? refusalOf(reply.code) : reply.answer.entitlement.status
  return activationRefusals.find((refusal) => refusal === reason)
}

function refused(reason: ActivationRefusal): ActivationRefused {
  return { outcome: 'refused', reason, message: refusalMessage[reason] }
}
