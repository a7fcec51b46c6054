import type { RequestReport } from '../domain/client-event.js'
import { type Priority, silenceLength } from '../domain/ledger.js'
import type { Budget } from '../domain/rate-budget.js'
import { mayStillArrive, type Setback, type SetbackReason } from '../domain/setback.js'
import type { Clock } from '../ports/clock.js'
import type { Random } from '../ports/random.js'
import type { Transport, TransportRequest, TransportResponse } from '../ports/transport.js'
import { spentForMs } from '../protocol/requested-wait.js'
import { asksForSilence, type Reading } from '../protocol/response.js'
import type { RequestBudgets } from './request-budget.js'

/** What it takes to ask a hub. */
export interface Asking<Category extends string> {
  readonly budgets: RequestBudgets<Category>
  readonly limits: Readonly<Record<Category, Budget>>
  readonly clock: Clock
  readonly random: Random
  readonly transport: Transport
  /** Hears of every request that was sent. */
  readonly onRequest: (report: Omit<RequestReport, 'operation'>) => void
}

export interface Inquiry<Category extends string, Answer, Code extends string> {
  readonly category: Category
  readonly request: Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body' | 'maxBytes'>
  readonly read: (response: TransportResponse, now: number) => Reading<Answer, Code>
  /** From the call to the answer, waiting for a place in the budget included. */
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
  readonly priority: Priority
}

export type Reply<Answer, Code extends string> =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly receivedAt: number }
  | {
      readonly kind: 'refusal'
      readonly code: Code | null
      readonly fields: readonly string[]
      readonly retryAt: number
    }
  | { readonly kind: 'setback'; readonly setback: Setback }

/** Asks the hub once, within its limits. Rejects only when `signal` aborts. */
export async function askWithinLimits<Category extends string, Answer, Code extends string>(
  asking: Asking<Category>,
  inquiry: Inquiry<Category, Answer, Code>,
): Promise<Reply<Answer, Code>> {
  const { budgets, clock, limits, random } = asking
  const { category, deadlineMs, signal, priority } = inquiry
  const started = clock.monotonic()

  const admitted = await budgets.admit(category, { priority, deadlineMs, signal })
  if (!admitted.ok) return undecided('over-budget', clock.now() + admitted.waitMs)
  const { admission } = admitted
  const remainingMs = deadlineMs - (clock.monotonic() - started)
  if (remainingMs <= 0) {
    // A process that was halted in between must not send what its place in the budget does not cover any more.
    await admission.withdraw()
    return undecided('over-budget', clock.now())
  }
  const { reading, throttled, spentMs, receivedAt } = await exchange(asking, inquiry, remainingMs).catch(
    async (error: unknown) => {
      await admission.abandon()
      throw error
    },
  )
  if (reading.kind === 'setback' && throttled) {
    const silenceMs = silenceLength(reading.retryAfterMs, limits[category], random.fraction())
    await admission.penalize(silenceMs)
    return undecided(reading.reason, receivedAt + silenceMs)
  }
  if (reading.kind === 'setback' && mayStillArrive(reading.reason)) await admission.abandon()
  else await admission.settle(spentMs)
  if (reading.kind === 'answer') return { ...reading, receivedAt }
  if (reading.kind === 'refusal') return { ...reading, retryAt: receivedAt }
  return undecided(reading.reason, receivedAt + (reading.retryAfterMs ?? 0))
}

interface Exchange<Answer, Code extends string> {
  readonly reading: Reading<Answer, Code>
  /** We were asked too often for somebody's taste. */
  readonly throttled: boolean
  /** For how long the hub says that the next request would be turned away; `null` where it says nothing of it. */
  readonly spentMs: number | null
  readonly receivedAt: number
}

async function exchange<Category extends string, Answer, Code extends string>(
  { clock, onRequest, transport }: Asking<Category>,
  { request, read, signal }: Inquiry<Category, Answer, Code>,
  deadlineMs: number,
): Promise<Exchange<Answer, Code>> {
  const sentAt = clock.now()
  const started = clock.monotonic()
  const result = await transport.send({ ...request, deadlineMs, ...(signal && { signal }) })
  const receivedAt = clock.now()
  const reading: Reading<Answer, Code> = result.ok
    ? read(result.response, receivedAt)
    : { kind: 'setback', reason: result.reason, retryAfterMs: null }

  onRequest({
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

function undecided(reason: SetbackReason, retryAt: number): Reply<never, never> {
  return { kind: 'setback', setback: { reason, retryAt } }
}
