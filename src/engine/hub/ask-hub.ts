import { askWithinLimits, type Reply } from '../../asking/ask-within-limits.js'
import type { Priority } from '../../domain/budget/ledger.js'
import type { RequestReport } from '../../domain/client-event.js'
import type { TransportResponse } from '../../ports/transport.js'
import { encodeJson } from '../../protocol/json.js'
import type { Reading } from '../../protocol/response.js'
import type { RouteName } from '../../protocol/routes.js'
import type { ErrorCode } from '../../protocol/wire/error.js'
import type { Engine } from '../engine.js'

export interface HubQuestion<Answer> {
  readonly route: RouteName
  readonly body: object
  readonly read: (response: TransportResponse, now: number) => Reading<Answer>
  /** When whoever asks stops waiting, in monotonic milliseconds. */
  readonly endsAt: number
  readonly signal?: AbortSignal | undefined
  /** Default `interactive`. */
  readonly priority?: Priority | undefined
}

export type HubReply<Answer> = Reply<Answer, ErrorCode>

/** A JSON answer of the hub is a few kilobytes; more is somebody else's page, or an attack. */
const maxAnswerBytes = 64 * 1024

/** What came of a question is noted on disk before the answer is given, and nobody waits for that past the end either. */
const longestNoteMs = 100

/** Asks the hub once, within its limits. Rejects only when `signal` aborts. */
export function askHub<Answer>(engine: Engine, question: HubQuestion<Answer>): Promise<HubReply<Answer>> {
  const { clock, observer, settings } = engine
  const { route, body, read, endsAt, signal, priority = 'interactive' } = question
  const remainingMs = endsAt - clock.monotonic()
  const { category, method, path } = settings.routes[route]
  const asking = {
    ...engine,
    limits: settings.limits,
    onRequest: (report: Omit<RequestReport, 'operation'>) =>
      observer.notify('request', { operation: route, ...report }),
  }
  return askWithinLimits(asking, {
    category,
    request: {
      method,
      url: `${settings.hub}${path}`,
      headers: {
        accept: 'application/json',
        'accept-encoding': 'identity',
        'content-type': 'application/json',
        'user-agent': settings.userAgent,
      },
      body: encodeJson(body),
      maxBytes: maxAnswerBytes,
    },
    read,
    deadlineMs: remainingMs - Math.min(remainingMs / 10, longestNoteMs),
    signal,
    priority,
  })
}
