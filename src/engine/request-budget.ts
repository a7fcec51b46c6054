import {
  admissionTime,
  emptyLedger,
  type Ledger,
  type Moment,
  type Priority,
  penalize,
  rebase,
  reserve,
  settle,
  withdraw,
} from '../domain/ledger.js'
import type { Budget } from '../domain/rate-budget.js'
import type { Clock } from '../ports/clock.js'
import type { Hash } from '../ports/hash.js'
import type { LedgerStore } from '../ports/ledger-store.js'
import type { Random } from '../ports/random.js'
import { encodeBase64Url } from '../protocol/base64url.js'
import { decodeLedger, encodeLedger } from '../protocol/ledger-file.js'
import type { Category } from '../protocol/routes.js'
import { digestText } from './digest.js'
import { processLedger } from './process-ledger.js'
import type { Settings } from './settings.js'

/** A place within the hub's limits, taken before a request is sent. Exactly one of its methods is called, once. */
export interface Admission {
  /** The answer is here, or none will come. */
  settle(): Promise<void>
  /** The hub said that it was asked too often: nobody on this machine asks again before `silenceMs` have passed. */
  penalize(silenceMs: number): Promise<void>
}

export type AdmissionResult =
  | { readonly ok: true; readonly admission: Admission }
  /** Milliseconds until a request would be admitted. */
  | { readonly ok: false; readonly waitMs: number }

export interface AdmissionRequest {
  readonly priority: Priority
  /** The longest to wait for a place and the answer together. */
  readonly deadlineMs: number
  readonly signal?: AbortSignal | undefined
}

/** Sees to it that all processes of this machine together never ask more often than the hub allows. */
export interface RequestBudgets {
  /** Waits for a place, but refuses at once when none can come free within the deadline. */
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

export function createRequestBudgets(settings: Settings, ports: BudgetPorts): RequestBudgets {
  const { clock, hash, random } = ports
  const ownLedger = processLedger()
  const origin = digestText(hash, new URL(settings.hub).origin).slice(0, 12)
  let store = ports.ledger

  const nameOf = (category: Category) => `budget-v1-${origin}-${category}`
  const moment = (): Moment => ({ boot: clock.boot(), monotonic: clock.monotonic(), wall: clock.now() })

  /** Where the other processes of this machine cannot be seen, a quarter of the limit has to do. */
  function budgetOf(category: Category): Budget {
    const { limit, windowMs } = settings.limits[category]
    return store === ownLedger ? { limit: Math.max(1, Math.floor(limit / 4)), windowMs } : { limit, windowMs }
  }

  async function read(category: Category): Promise<{ readonly ledger: Ledger; readonly version: number }> {
    const now = moment()
    const { version, content } = await store.read(nameOf(category))
    if (!content) return { ledger: emptyLedger(now), version }
    const ledger = decodeLedger(content)
    return { ledger: ledger ? rebase(ledger, now) : exhausted(budgetOf(category), now), version }
  }

  /**
   * Applies `change` to the newest ledger, over and over until no other process has come in between. A change that
   * yields `undefined` leaves it as it is.
   */
  async function update(category: Category, change: (ledger: Ledger) => Ledger | undefined): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      const { ledger, version } = await read(category)
      const changed = change(ledger)
      if (!changed) return false
      if (await store.advance(nameOf(category), version, encodeLedger(changed))) return true
      await clock.sleep(Math.ceil(random.fraction() * Math.min(4 * attempt, 100)))
    }
  }

  /** Runs on the shared store, and from its first failure on by this process's own means. */
  async function resilient<Result>(operation: () => Promise<Result>): Promise<Result> {
    try {
      return await operation()
    } catch (error) {
      if (store === ownLedger) throw error
      store = ownLedger
      return operation()
    }
  }

  /** What cannot be noted does no harm: a place ends by itself at its deadline. */
  async function note(category: Category, change: (ledger: Ledger) => Ledger): Promise<void> {
    await resilient(() => update(category, change)).catch(() => undefined)
  }

  function admissionOf(category: Category, id: string): Admission {
    return {
      settle: () => note(category, (ledger) => settle(ledger, id, clock.monotonic())),
      penalize: (silenceMs) =>
        note(category, (ledger) => penalize(ledger, settings.limits[category], id, clock.monotonic(), silenceMs)),
    }
  }

  return {
    async admit(category, { priority, deadlineMs, signal }) {
      const id = encodeBase64Url(random.bytes(9))
      const deadline = clock.monotonic() + deadlineMs
      for (;;) {
        let earliest = Number.NEGATIVE_INFINITY
        const taken = await resilient(() =>
          update(category, (ledger) => {
            const budget = budgetOf(category)
            const time = clock.monotonic()
            earliest = admissionTime(ledger, budget, priority, time)
            return earliest <= time ? reserve(ledger, budget, id, time, Math.max(0, deadline - time)) : undefined
          }),
        )
        if (taken) {
          if (!signal?.aborted) return { ok: true, admission: admissionOf(category, id) }
          await note(category, (ledger) => withdraw(ledger, id))
        }
        signal?.throwIfAborted()
        const time = clock.monotonic()
        if (earliest > deadline) return { ok: false, waitMs: Math.ceil(earliest - time) }
        await clock.sleep(Math.max(1, Math.ceil(earliest - time)), signal)
        signal?.throwIfAborted()
      }
    },

    nextPermitted: (category) =>
      resilient(async () => {
        const { ledger } = await read(category)
        const time = clock.monotonic()
        return Math.ceil(clock.now() + admissionTime(ledger, budgetOf(category), 'interactive', time) - time)
      }),
  }
}

/** What to believe of a ledger that cannot be read: everything was used up just now. */
function exhausted({ limit, windowMs }: Budget, now: Moment): Ledger {
  const time = now.monotonic
  const requests = Array.from({ length: limit }, (_, index) => ({
    id: `lost-${index}`,
    sentAt: time,
    answeredAt: time,
    endsAt: time + windowMs,
  }))
  return { ...emptyLedger(now), requests }
}
