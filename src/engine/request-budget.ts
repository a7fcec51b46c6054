import { type Budget, budgetMemoryMs, isAdmissible, nextAdmission, type SentRequest } from '../domain/rate-budget.js'
import type { Clock } from '../ports/clock.js'
import type { Category, RateLimit } from '../protocol/routes.js'

/** A place within the hub's limits, taken before a request is sent. */
export interface Admission {
  /** The answer is here, or none will come: from now on the request ages. */
  settle(): void
}

export type AdmissionResult =
  | { readonly ok: true; readonly admission: Admission }
  /** Milliseconds until a request would be admitted. */
  | { readonly ok: false; readonly waitMs: number }

/** Sees to it that this client never asks more often than the hub allows. */
export interface RequestBudgets {
  /** Waits for a place, but refuses at once when none can come free within `deadlineMs`. */
  admit(category: Category, deadlineMs: number, signal?: AbortSignal): Promise<AdmissionResult>
  /** The hub said that it was asked too often: nobody asks again before `waitMs` have passed. */
  silence(category: Category, waitMs: number): void
  /** When one more request would be admitted, on the wall clock that says `now`. */
  nextPermitted(category: Category, now: number): number
}

interface CategoryState {
  requests: readonly { readonly sentAt: number; answeredAt: number | null }[]
  silentUntil: number
}

export function createRequestBudgets(limits: Readonly<Record<Category, RateLimit>>, clock: Clock): RequestBudgets {
  const states = new Map<Category, CategoryState>()

  function stateOf(category: Category): CategoryState {
    const state = states.get(category) ?? { requests: [], silentUntil: Number.NEGATIVE_INFINITY }
    states.set(category, state)
    return state
  }

  function take(state: CategoryState, budget: Budget, time: number): Admission {
    const request: { sentAt: number; answeredAt: number | null } = { sentAt: time, answeredAt: null }
    const remembered = (sent: SentRequest) =>
      sent.answeredAt === null || time - sent.answeredAt < budgetMemoryMs(budget)
    state.requests = [...state.requests.filter(remembered), request]
    return {
      settle: () => {
        request.answeredAt = clock.monotonic()
      },
    }
  }

  return {
    async admit(category, deadlineMs, signal) {
      const state = stateOf(category)
      const budget: Budget = limits[category]
      const deadline = clock.monotonic() + deadlineMs
      for (;;) {
        const time = clock.monotonic()
        if (time >= state.silentUntil && isAdmissible(state.requests, budget, time)) {
          return { ok: true, admission: take(state, budget, time) }
        }
        const earliest = nextAdmission(state.requests, budget, Math.max(time, state.silentUntil))
        if (earliest > deadline) return { ok: false, waitMs: Math.ceil(earliest - time) }
        await clock.sleep(Math.max(1, earliest - time), signal)
        signal?.throwIfAborted()
      }
    },

    nextPermitted(category, now) {
      const { requests, silentUntil } = stateOf(category)
      const time = clock.monotonic()
      return Math.ceil(now + nextAdmission(requests, limits[category], Math.max(time, silentUntil)) - time)
    },

    silence(category, waitMs) {
      const state = stateOf(category)
      state.silentUntil = Math.max(state.silentUntil, clock.monotonic() + waitMs)
    },
  }
}
