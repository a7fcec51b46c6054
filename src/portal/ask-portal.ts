import { FlavorLicenseError } from '../domain/errors.js'
import { loginNeededMessage } from '../domain/portal/refusal.js'
import type { Clock } from '../ports/clock.js'
import { readDuration } from '../read-options.js'
import type { CallTerms, HubLine, PortalRequest } from './hub-line.js'
import type { PortalCallOptions } from './options.js'
import { notDone, type PortalReply, refused } from './outcomes.js'
import type { Session } from './session.js'
import type { PortalSettings } from './settings.js'

export interface PortalCall<Answer> extends PortalRequest<Answer> {
  /** What it does, to stand in "An API key cannot be used to …". */
  readonly purpose: string
}

/** Asks the portal as whoever the credentials stand for. */
export type AskPortal = <Answer>(
  call: PortalCall<Answer>,
  options: PortalCallOptions | undefined,
) => Promise<PortalReply<Answer>>

/** Reads what a caller gives along with a call. */
export type CallTermsReader = (options: PortalCallOptions | undefined) => CallTerms

export function createCallTermsReader({ requestDeadlineMs }: PortalSettings, clock: Clock): CallTermsReader {
  return ({ deadlineMs, signal } = {}) => ({
    endsAt: clock.monotonic() + readDuration('deadlineMs', deadlineMs, requestDeadlineMs),
    signal,
  })
}

/** Runs a call that `signal` may end. */
export async function abortable<Result>(
  options: PortalCallOptions | undefined,
  operation: () => Promise<Result>,
): Promise<Result> {
  const signal = options?.signal
  try {
    signal?.throwIfAborted()
    return await operation()
  } catch (error) {
    if (!signal?.aborted) throw error
    throw new FlavorLicenseError('aborted', 'The call was aborted.', { cause: signal.reason })
  }
}

/** An API key goes to the endpoints that take it, and to no other: elsewhere it would be shown for nothing. */
export function askWithApiKey(
  { routes }: PortalSettings,
  apiKey: string,
  line: HubLine,
  readTerms: CallTermsReader,
): AskPortal {
  return async (call, options) => {
    if (!routes[call.route].apiKey) return notDone(refused('login-required', loginNeededMessage(call.purpose)))
    const reply = await abortable(options, () => line(call, { 'x-api-key': apiKey }, readTerms(options)))
    return isTurnedDown(reply) ? notDone(refused('api-key-rejected')) : reply
  }
}

export function askWithLogin(session: Session, line: HubLine, readTerms: CallTermsReader): AskPortal {
  return (call, options) =>
    abortable(options, async () => {
      const terms = readTerms(options)
      const access = await session.access(null, terms)
      if (!access.ok) return notDone(access.outcome)
      const { accessToken } = access.tokens
      const reply = await line(call, bearer(accessToken), terms)
      if (!isTurnedDown(reply)) return reply

      // Once: whoever is turned down has done nothing, so that the same request may go out with the next token.
      const renewed = await session.access(accessToken, terms)
      return renewed.ok ? line(call, bearer(renewed.tokens.accessToken), terms) : notDone(renewed.outcome)
    })
}

function bearer(accessToken: string): Readonly<Record<string, string>> {
  return { authorization: `Bearer ${accessToken}` }
}

/** Whether the hub takes whoever asks for nobody (401). Hubs word it in many ways. */
function isTurnedDown(reply: PortalReply<unknown>): boolean {
  if (reply.ok || reply.outcome.outcome !== 'refused') return false
  return reply.outcome.reason === 'login-over' || reply.outcome.reason === 'invalid-credentials'
}
