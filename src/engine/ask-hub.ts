import { type Priority, silenceLength } from '../domain/ledger.js'
import type { Setback, SetbackReason } from '../domain/setback.js'
import type { TransportResponse } from '../ports/transport.js'
import { encodeJson } from '../protocol/json.js'
import { spentForMs } from '../protocol/requested-wait.js'
import { asksForSilence, type Reading } from '../protocol/response.js'
import type { RouteName } from '../protocol/routes.js'
import type { ErrorCode } from '../protocol/wire/error.js'
import type { Engine } from './engine.js'

export interface HubQuestion<Answer> {
  readonly route: RouteName
  readonly body: object
  readonly read: (response: TransportResponse, now: number) => Reading<Answer>
  /** From the call to the answer, waiting for a place in the budget included. */
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
  /** Default `interactive`. */
  readonly priority?: Priority | undefined
}

export type HubReply<Answer> =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly receivedAt: number }
  | { readonly kind: 'refusal'; readonly code: ErrorCode | null; readonly retryAt: number }
  | { readonly kind: 'setback'; readonly setback: Setback }

/** A JSON answer of the hub is a few kilobytes; more is somebody else's page, or an attack. */
const maxAnswerBytes = 64 * 1024

/** Asks the hub once, within its limits. Rejects only when `signal` aborts. */
export async function askHub<Answer>(engine: Engine, question: HubQuestion<Answer>): Promise<HubReply<Answer>> {
  const { budgets, clock, settings } = engine
  const { deadlineMs, signal, priority = 'interactive' } = question
  const { category } = settings.routes[question.route]
  const started = clock.monotonic()

  const admitted = await budgets.admit(category, { priority, deadlineMs, signal })
  if (!admitted.ok) return undecided('over-budget', clock.now() + admitted.waitMs)
  const { admission } = admitted
  const remainingMs = Math.max(1, deadlineMs - (clock.monotonic() - started))
  const { reading, throttled, spentMs, receivedAt } = await exchange(engine, question, remainingMs).catch(
    async (error: unknown) => {
      await admission.settle()
      throw error
    },
  )
  if (reading.kind === 'setback' && throttled) {
    const silenceMs = silenceLength(reading.retryAfterMs, settings.limits[category], engine.random.fraction())
    await admission.penalize(silenceMs)
    return undecided(reading.reason, receivedAt + silenceMs)
  }
  await admission.settle(spentMs)
  if (reading.kind === 'answer') return { ...reading, receivedAt }
  if (reading.kind === 'refusal') return { kind: 'refusal', code: reading.code, retryAt: receivedAt }
  return undecided(reading.reason, receivedAt + (reading.retryAfterMs ?? 0))
}

interface Exchange<Answer> {
  readonly reading: Reading<Answer>
  /** We were asked too often for somebody's taste. */
  readonly throttled: boolean
  /** For how long the hub says that the next request would be turned away; `null` where it says nothing of it. */
  readonly spentMs: number | null
  readonly receivedAt: number
}

async function exchange<Answer>(
  engine: Engine,
  question: HubQuestion<Answer>,
  deadlineMs: number,
): Promise<Exchange<Answer>> {
  const { clock, observer, settings, transport } = engine
  const { method, path } = settings.routes[question.route]
  const sentAt = clock.now()
  const started = clock.monotonic()
  const result = await transport.send({
    method,
    url: `${settings.hub}${path}`,
    headers: {
      accept: 'application/json',
      'accept-encoding': 'identity',
      'content-type': 'application/json',
      'user-agent': settings.userAgent,
    },
    body: encodeJson(question.body),
    deadlineMs,
    maxBytes: maxAnswerBytes,
    ...(question.signal && { signal: question.signal }),
  })
  const receivedAt = clock.now()
  const reading: Reading<Answer> = result.ok
    ? question.read(result.response, receivedAt)
    : { kind: 'setback', reason: result.reason, retryAfterMs: null }

  observer.notify('request', {
    operation: question.route,
    sentAt,
    durationMs: clock.monotonic() - started,
    status: result.ok ? result.response.status : null,
    outcome: reading.kind === 'setback' ? reading.reason : reading.kind,
  })
  return {
    reading,
    throttled: result.ok && asksForSilence(result.response),
    spentMs: result.ok ? spentForMs(result.response.headers, receivedAt) : null,
    receivedAt,
  }
}

function undecided(reason: SetbackReason, retryAt: number): HubReply<never> {
  return { kind: 'setback', setback: { reason, retryAt } }
}
