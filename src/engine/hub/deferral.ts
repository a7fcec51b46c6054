import type { Deferred } from '../../domain/license/outcome.js'
import { type Setback, setbackMessage } from '../../domain/license/setback.js'
import type { HubReply } from './ask-hub.js'

/** What a reply that brought no word of the hub looks like to a caller. */
export function deferral(reply: Exclude<HubReply<unknown>, { kind: 'answer' }>): Deferred {
  const setback: Setback = reply.kind === 'refusal' ? { reason: 'refused', retryAt: reply.retryAt } : reply.setback
  return { outcome: 'deferred', ...setback, message: setbackMessage[setback.reason] }
}
