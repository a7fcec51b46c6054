import type { Reply } from '../asking/ask-within-limits.js'
import type { Deferred } from '../domain/license/outcome.js'
import { type Setback, type SetbackReason, setbackMessage } from '../domain/license/setback.js'
import type { NotDone, PortalRefused, Uncertain } from '../domain/portal/outcome.js'
import { invalidInputMessage, type PortalRefusal, portalRefusalMessage } from '../domain/portal/refusal.js'
import { fieldNames, type PortalCode, portalMeaning } from '../protocol/exchange/portal/errors.js'

/** What a call brought. */
export type PortalReply<Answer> =
  | { readonly ok: true; readonly answer: Answer; readonly receivedAt: number }
  | {
      readonly ok: false
      readonly outcome: NotDone
      /** When it was sent, where the hub may have done it although no answer says so; else `null`. */
      readonly lostAt: number | null
    }

export function refused(reason: PortalRefusal, message: string = portalRefusalMessage[reason]): PortalRefused {
  return { outcome: 'refused', reason, message }
}

/** What each wrong field of the input must be, by its name: the end of a sentence, such as `a whole number`. */
export type InputProblems = Readonly<Record<string, string>>

/** Said without asking the hub. */
export function invalidInput(problems: InputProblems): PortalRefused {
  const expected = Object.entries(problems).map(([field, expectation]) => `${field} must be ${expectation}`)
  const message = `Some of the input is not valid: ${expected.join('; ')}.`
  return { outcome: 'refused', reason: 'invalid-input', message, fields: Object.keys(problems) }
}

export function deferred({ reason, retryAt }: Setback, message: string = setbackMessage[reason]): Deferred {
  return { outcome: 'deferred', reason, message, retryAt }
}

export function notDone(outcome: NotDone): PortalReply<never> {
  return { ok: false, outcome, lostAt: null }
}

/** What a reply of the hub comes to. */
export function portalReply<Answer>(reply: Reply<Answer, PortalCode>, sentAt: number): PortalReply<Answer> {
  switch (reply.kind) {
    case 'answer':
      return { ok: true, answer: reply.answer, receivedAt: reply.receivedAt }
    case 'refusal':
      return notDone(refusal(reply.code, reply.fields))
    case 'setback': {
      const { setback } = reply
      return { ok: false, outcome: deferred(setback), lostAt: neverCarriedOut.has(setback.reason) ? null : sentAt }
    }
  }
}

/** Setbacks after which it is certain that the hub has done nothing. After any other, the answer alone may be lost. */
const neverCarriedOut: ReadonlySet<SetbackReason> = new Set([
  'over-budget',
  'rate-limited',
  'name-not-resolved',
  'connection-refused',
  'tls-failed',
  'proxy-failed',
  'wrong-route',
])

function refusal(code: PortalCode | null, wireFields: readonly string[]): PortalRefused {
  const { reason, fields: implied = [] } = code === null ? ({ reason: 'not-accepted' } as const) : portalMeaning[code]
  const named = fieldNames(wireFields)
  const fields = named.length > 0 ? named : implied
  const message = reason === 'invalid-input' ? invalidInputMessage(fields) : portalRefusalMessage[reason]
  return { outcome: 'refused', reason, message, ...(fields.length > 0 && { fields }) }
}

/** A creation must not be repeated while its first answer is missing: it could then have been done twice. */
export function uncertain({ reason }: { readonly reason: SetbackReason }, sentAt: number): Uncertain {
  const message =
    'The answer was lost, so that it is not known whether anything was created. Look for it in the list before you try ' +
    'again.'
  return { outcome: 'uncertain', reason, message, sentAt }
}
