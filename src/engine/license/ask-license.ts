import type { Priority } from '../../domain/budget/ledger.js'
import type { HubWord } from '../../domain/license/transition.js'
import { buildLicenseRequest, type LicenseQuestion, readLicenseResponse } from '../../protocol/exchange/license.js'
import type { Engine } from '../engine.js'
import { askHub, type HubReply } from '../hub/ask-hub.js'
import { answerProof } from './license-question.js'

export interface AskOptions {
  /** When whoever asks stops waiting, in monotonic milliseconds. */
  readonly endsAt: number
  readonly signal?: AbortSignal | undefined
  readonly priority?: Priority | undefined
}

/** Puts a license question to the hub, as an activation or as a verification. */
export async function askLicense(
  engine: Engine,
  route: 'activate' | 'verify',
  question: LicenseQuestion,
  options: AskOptions,
): Promise<HubReply<HubWord>> {
  const proof = answerProof(engine, question.licenseKey)
  const reply = await askHub(engine, {
    route,
    body: buildLicenseRequest(question),
    read(response, now) {
      const reading = readLicenseResponse(response, question, proof, now)
      if (reading.kind === 'setback' && reading.detail) engine.warnOfHub('answers-unproven', reading.detail)
      return reading
    },
    ...options,
  })
  if (reply.kind !== 'answer') return reply
  const { answer, receivedAt } = reply
  return { kind: 'answer', answer: { ...answer, receivedAt }, receivedAt }
}
