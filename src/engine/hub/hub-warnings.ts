import type { WarningCode } from '../../domain/client-event.js'

/** What may be wrong with answers of the hub. */
export type HubWarningCode = Extract<WarningCode, 'updates-went-back' | 'answers-unproven'>

/** The sentences for the author about answers of the hub. */
export const hubWarningMessage: Readonly<Record<HubWarningCode, string>> = {
  'updates-went-back':
    'The hub says less about releases than it has said before: a lower version, or an older signature. Somebody may be ' +
    'keeping an update back, so nothing is offered from this answer. A release that was withdrawn needs a newer version.',
  'answers-unproven':
    'The hub answers, but its signatures do not fit what this product pins for it (hub.url, hub.trustedKeys), so that none ' +
    'of its answers is believed.',
}
