import { readClock } from '../domain/clock-guard.js'
import type { CheckUpdatesOutcome } from '../domain/outcome.js'
import { refusalMessage, type UpdateRefusal, updateRefusals } from '../domain/refusal.js'
import { noteUpdateCheck, postponeUpdateCheck } from '../domain/transition.js'
import { buildUpdateCheckRequest, readUpdateCheckResponse, type UpdateQuestion } from '../protocol/exchange/update.js'
import { askHub, type HubReply } from './ask-hub.js'
import type { AskOptions } from './ask-license.js'
import { deferral } from './deferral.js'
import type { Engine } from './engine.js'
import { refusalOf } from './refusal-of.js'

/** Asks whether there is a newer release. Whether it is an update is decided here, not at the hub. */
export async function checkForUpdates(engine: Engine, options: AskOptions): Promise<CheckUpdatesOutcome> {
  const { clock, keeper, observer, settings, signature } = engine
  const { slug, version } = settings.product
  const record = await keeper.load()
  if (typeof record === 'string' || record.licenseKey === null) {
    const offline = typeof record !== 'string' && record.entitlement !== null
    return refused(offline ? 'offline-license' : 'not-activated')
  }

  const { domain } = await engine.identity()
  const question: UpdateQuestion = {
    licenseKey: record.licenseKey,
    product: slug,
    domain,
    currentVersion: version,
    channel: settings.channel,
  }
  const proof = {
    keys: settings.hubKeys,
    verify: signature.verify,
    hub: settings.hub,
    product: slug,
    time: readClock(record.clock, clock.now()).time,
  }
  const reply = await askHub(engine, {
    route: 'updateCheck',
    body: buildUpdateCheckRequest(question),
    read: (response, now) => readUpdateCheckResponse(response, question, proof, now),
    ...options,
  })
  if (reply.kind !== 'answer') await postpone(engine, reply)
  if (reply.kind === 'refusal') {
    const reason = updateRefusals.find((refusal) => refusal === refusalOf(reply.code))
    return reason ? refused(reason) : deferral(reply)
  }
  if (reply.kind === 'setback') return deferral(reply)

  await keeper.save((newest) => noteUpdateCheck(newest, clock.now()))
  // Comparing versions takes a library that no start of a product should pay for.
  const { chooseUpdate } = await import('../domain/update-choice.js')
  const release = chooseUpdate(version, reply.answer.release)
  if (!release) return { outcome: 'current', currentVersion: version }
  observer.notify('update', release)
  return { outcome: 'available', currentVersion: version, release }
}

/** Without this, a hub that refuses would be asked again as soon as the background schedule has come round. */
async function postpone(engine: Engine, reply: Exclude<HubReply<unknown>, { kind: 'answer' }>): Promise<void> {
  const { clock, keeper, random } = engine
  const { reason, retryAt } = deferral(reply)
  // Our own budget says nothing about the hub, so it is no reason to ask less often.
  if (reason === 'over-budget') return
  await keeper.save((newest) => postponeUpdateCheck(newest, { reason, retryAt }, clock.now(), random.fraction()))
}

function refused(reason: UpdateRefusal): CheckUpdatesOutcome {
  return { outcome: 'refused', reason, message: refusalMessage[reason] }
}
