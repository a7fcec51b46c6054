import {
  abandon,
  admissionTime,
  certainAdmissionTime,
  holdBack,
  type Ledger,
  lineMovesAt,
  lineUp,
  type Priority,
  penalize,
  reserve,
  settle,
  withdraw,
} from '../domain/budget/ledger.js'
import { type Budget, withDrift } from '../domain/budget/rate-budget.js'
import type { Clock } from '../ports/clock.js'
import type { Hash } from '../ports/hash.js'
import type { LedgerStore } from '../ports/ledger-store.js'
import type { Random } from '../ports/random.js'
import { encodeBase64Url } from '../protocol/base64url.js'
import { digestText } from './digest.js'
import { type LedgerView, type SharedLedger, sharedLedger } from './shared-ledger.js'
import { type WaitingLine, waitingLine } from './waiting-line.js'

/** A place within the hub's limits, taken before a request is sent. At most one of its methods is called, once. */
export interface Admission {
  /**
   * The answer is here, or it is certain that the request has not reached the hub and never will.
   *
   * @param spentMs - For how long the hub says that nothing is left, where it says so.
   */
  settle(spentMs?: number | null): Promise<void>
  /** Nobody waits for the answer any more, but the request may still be on its way. */
  abandon(): Promise<void>
  /** The place is not used: nothing was sent. */
  withdraw(): Promise<void>
  /** The hub said that it was asked too often: nobody on this machine asks again before `silenceMs` have passed. */
  penalize(silenceMs: number): Promise<void>
}

export type AdmissionResult =
  | { readonly ok: true; readonly admission: Admission }
  /** Milliseconds until a request is admitted, unless somebody else comes first. */
  | { readonly ok: false; readonly waitMs: number }

export interface AdmissionRequest {
  readonly priority: Priority
  /** The longest to wait for a place and the answer together. */
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
}

/** Sees to it that all processes of this machine together never ask more often than the hub allows. */
export interface RequestBudgets<Category extends string> {
  /**
   * A person's call waits for a place, but is refused at once when none can come free within the deadline. One of the
   * schedule never waits: whoever has the same question meanwhile would wait with it, and has a reserve of its own.
   */
  admit(category: Category, request: AdmissionRequest): Promise<AdmissionResult>
  /** When one more request of a person would be admitted, on the wall clock. */
  nextPermitted(category: Category): Promise<number>
}

interface BudgetPorts {
  readonly clock: Clock
  readonly hash: Hash
  readonly ledger: LedgerStore
  readonly random: Random
}

interface BudgetSettings<Category extends string> {
  /** The hub's base URL: budgets are kept for its origin. */
  readonly hub: string
  readonly limits: Readonly<Record<Category, Budget>>
}

interface CategoryBudget {
  readonly shared: SharedLedger
  readonly line: WaitingLine
}

/** How long to contend for noting an end. A place whose end is not noted ends by itself, after its deadline. */
const notePatienceMs = 10_000

export function createRequestBudgets<Category extends string>(
  settings: BudgetSettings<Category>,
  ports: BudgetPorts,
): RequestBudgets<Category> {
  const { clock, hash, random } = ports
  const origin = () => digestText(hash, new URL(settings.hub).origin).slice(0, 12)
  const budgets = new Map<Category, CategoryBudget>()

  function budgetOf(category: Category): CategoryBudget {
    const known = budgets.get(category)
    if (known) return known
    const shared = sharedLedger(`budget-v1-${origin()}-${category}`, withDrift(settings.limits[category]), ports)
    const budget = { shared, line: waitingLine(clock) }
    budgets.set(category, budget)
    return budget
  }

  function admissionOf(category: Category, id: string): Admission {
    const note = async (change: (view: LedgerView) => Ledger) => {
      await budgetOf(category).shared.update(notePatienceMs, change)
    }
    return {
      settle: (spentMs = null) =>
        note(({ ledger, budget, time }) => {
          const settled = settle(ledger, id, time)
          return spentMs === null ? settled : holdBack(settled, budget, time, spentMs)
        }),
      abandon: () => note(({ ledger, time }) => abandon(ledger, id, time)),
      withdraw: () => note(({ ledger }) => withdraw(ledger, id)),
      penalize: (silenceMs) => note(({ ledger, budget, time }) => penalize(ledger, budget, id, time, silenceMs)),
    }
  }

  return {
    async admit(category, { priority, deadlineMs, signal }) {
      const { shared, line } = budgetOf(category)
      const id = encodeBase64Url(random.bytes(9))
      const deadline = clock.monotonic() + deadlineMs
      const isPatient = priority === 'interactive'
      const position = line.join()
      /** Whether the ledger holds a turn of this call, or a place that it does not use. */
      let mustWithdraw = false
      try {
        for (;;) {
          let earliest = Number.NEGATIVE_INFINITY
          let certain = () => Number.NEGATIVE_INFINITY
          let isFree = false
          let next = Number.NEGATIVE_INFINITY
          // Before the ledger's own time is read, so that the place does not end before the deadline on any clock.
          const remainingMs = deadline - clock.monotonic()
          const isNoted = await shared.update(remainingMs, ({ ledger, budget, time }) => {
            const caller = { id, priority }
            const at = admissionTime(ledger, budget, caller, time)
            const ahead = clock.monotonic() - time
            earliest = at + ahead
            certain = () => certainAdmissionTime(ledger, budget, caller, time) + ahead
            isFree = at <= time
            next = Math.min(at, lineMovesAt(ledger.line, id, time)) + ahead
            if (!position.isFirst() || signal?.aborted || earliest >= deadline) return undefined
            if (isFree) return reserve(ledger, budget, id, time, remainingMs)
            return isPatient ? lineUp(ledger, { id, at }, time) : undefined
          })
          const time = clock.monotonic()
          mustWithdraw ||= isNoted
          signal?.throwIfAborted()
          if (isNoted && isFree) {
            mustWithdraw = false
            return { ok: true, admission: admissionOf(category, id) }
          }
          // Whoever gets a place at the deadline has no time left for the answer.
          if (!isPatient || earliest >= deadline || !(time < deadline)) {
            return { ok: false, waitMs: Math.ceil(certain() - time) }
          }
          await position.pause(Math.max(1, Math.ceil((position.isFirst() ? next : deadline) - time)), signal)
        }
      } finally {
        position.leave()
        if (mustWithdraw) await admissionOf(category, id).withdraw()
      }
    },

    async nextPermitted(category) {
      const { ledger, budget, time } = await budgetOf(category).shared.read()
      return Math.ceil(clock.now() + certainAdmissionTime(ledger, budget, { priority: 'interactive' }, time) - time)
    },
  }
}
