import { type Priority, silenceLength } from '../domain/budget/ledger.js'
import type { Budget } from '../domain/budget/rate-budget.js'
import type { RequestReport } from '../domain/client-event.js'
import { mayStillArrive, type Setback, type SetbackReason } from '../domain/license/setback.js'
import type { Clock } from '../ports/clock.js'
import type { Random } from '../ports/random.js'
import type { Transport, TransportRequest, TransportResponse } from '../ports/transport.js'
import { spentForMs } from '../protocol/requested-wait.js'
import { asksForSilence, type Reading, type Refusal, type ResponseHead } from '../protocol/response.js'
import { byDeadline } from './by-deadline.js'
import type { RequestBudgets } from './request-budget.js'

/** What it takes to keep a hub's limits. */
export interface Limited<Category extends string> {
  readonly budgets: RequestBudgets<Category>
  readonly limits: Readonly<Record<Category, Budget>>
  readonly clock: Clock
  readonly random: Random
}

/** What it takes to ask a hub. */
export interface Asking<Category extends string> extends Limited<Category> {
  readonly transport: Pick<Transport, 'send'>
  /** Hears of every request that was sent. */
  readonly onRequest: (report: Omit<RequestReport, 'operation'>) => void
}

export interface AskingTerms<Category extends string> {
  readonly category: Category
  /** From the call to the answer, waiting for a place in the budget included. */
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
  readonly priority: Priority
}

export interface Inquiry<Category extends string, Answer, Code extends string> extends AskingTerms<Category> {
  readonly request: Pick<TransportRequest, 'method' | 'url' | 'headers' | 'body' | 'maxBytes'>
  readonly read: (response: TransportResponse, now: number) => Reading<Answer, Code>
}

export type Reply<Answer, Code extends string> =
  | { readonly kind: 'answer'; readonly answer: Answer; readonly receivedAt: number }
  | (Refusal<Code> & { readonly retryAt: number })
  | { readonly kind: 'setback'; readonly setback: Setback }

/** One request, and what came of it. */
export interface Exchange<Answer, Code extends string> {
  readonly reading: Reading<Answer, Code>
  /** `null` when no response came. */
  readonly head: ResponseHead | null
  readonly receivedAt: number
}

/** Asks the hub once, within its limits. Rejects only when `signal` aborts. */
export function askWithinLimits<Category extends string, Answer, Code extends string>(
  asking: Asking<Category>,
  inquiry: Inquiry<Category, Answer, Code>,
): Promise<Reply<Answer, Code>> {
  const { clock, onRequest, transport } = asking
  const { request, read, signal } = inquiry
  return withinLimits(asking, inquiry, async (deadlineMs) => {
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
    return { reading, head: result.ok ? result.response : null, receivedAt }
  })
}

/**
 * Takes a place in the budget, sends, and notes what the answer says about the limits.
 *
 * @param send - Sends the one request, and has an answer, or none, when the milliseconds that are left have passed.
 */
export async function withinLimits<Category extends string, Answer, Code extends string>(
  { budgets, clock, limits, random }: Limited<Category>,
  { category, deadlineMs, signal, priority }: AskingTerms<Category>,
  send: (remainingMs: number) => Promise<Exchange<Answer, Code>>,
): Promise<Reply<Answer, Code>> {
  const endsAt = clock.monotonic() + deadlineMs
  const admitted = await budgets.admit(category, { priority, deadlineMs, signal })
  if (!admitted.ok) return undecided('over-budget', clock.now() + admitted.waitMs)
  const { admission } = admitted
  const remainingMs = endsAt - clock.monotonic()
  if (remainingMs <= 0) {
    // A process that was halted in between must not send what its place in the budget does not cover any more.
    await admission.withdraw()
    return undecided('over-budget', clock.now())
  }
  /** A place whose end is not noted ends by itself: nobody waits for the note past the deadline. */
  const inTime = <Result>(work: Promise<Result>) => byDeadline(clock, endsAt, work)
  const { reading, head, receivedAt } = await send(remainingMs).catch(async (error: unknown) => {
    await inTime(admission.abandon())
    throw error
  })
  const setback = reading.kind === 'setback' ? reading : undefined
  const silenceMs =
    setback && head && asksForSilence(head)
      ? silenceLength(setback.retryAfterMs, limits[category], random.fraction())
      : 0
  if (silenceMs > 0) await inTime(admission.penalize(silenceMs))
  else if (setback && mayStillArrive(setback.reason)) await inTime(admission.abandon())
  else await inTime(admission.settle(head && spentForMs(head.headers, receivedAt)))
  const reply = toReply({ reading, head, receivedAt })
  if (reply.kind !== 'setback') return reply

  // Another answer may have asked for a longer silence, and what was not answered keeps its place for a while.
  const permittedAt = (await inTime(budgets.nextPermitted(category))) ?? 0
  const { reason, retryAt } = reply.setback
  return undecided(reason, Math.max(retryAt, receivedAt + silenceMs, permittedAt))
}

/** What an exchange means to whoever asked. */
export function toReply<Answer, Code extends string>({
  reading,
  receivedAt,
}: Exchange<Answer, Code>): Reply<Answer, Code> {
  if (reading.kind === 'answer') return { ...reading, receivedAt }
  if (reading.kind === 'refusal') return { ...reading, retryAt: receivedAt }
  return undecided(reading.reason, receivedAt + (reading.retryAfterMs ?? 0))
}

export function undecided(reason: SetbackReason, retryAt: number): Reply<never, never> {
  return { kind: 'setback', setback: { reason, retryAt } }
}
