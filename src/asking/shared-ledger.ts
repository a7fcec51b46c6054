import { emptyLedger, type Ledger, type Moment, rebase, recall, unite, usedUpLedger } from '../domain/budget/ledger.js'
import { type Budget, budgetMemoryMs } from '../domain/budget/rate-budget.js'
import type { Clock } from '../ports/clock.js'
import type { LedgerStore } from '../ports/ledger-store.js'
import type { Random } from '../ports/random.js'
import { decodeLedger, encodeLedger } from '../protocol/ledger-file.js'

/** What is known of one category's requests, and how much of the limit may be used on that knowledge. */
export interface LedgerView {
  readonly ledger: Ledger
  readonly budget: Budget
  /** The present on the ledger's timeline, which is not always that of this machine's clock. */
  readonly time: number
}

/** The ledger of one category, which all processes of this machine keep together. */
export interface SharedLedger {
  read(): Promise<LedgerView>
  /**
   * Applies `change` to the newest ledger, over and over until no other process has come in between. A change that
   * yields `undefined` leaves the ledger as it is. False then, and when `patienceMs` end first.
   */
  update(patienceMs: number, change: (view: LedgerView) => Ledger | undefined): Promise<boolean>
}

interface LedgerPorts {
  readonly clock: Clock
  readonly ledger: LedgerStore
  readonly random: Random
}

interface Sight extends LedgerView {
  /** `null` where the store cannot be used. */
  readonly version: number | null
  /** The store holds less than is known, or it in a form that would be read differently each time. */
  readonly needsMending: boolean
}

/**
 * @param name - The ledger's name in the store.
 * @param shared - The budget of all processes together. Where they cannot see each other, each uses a quarter of it.
 */
export function sharedLedger(
  name: string,
  shared: Budget,
  { clock, ledger: store, random }: LedgerPorts,
): SharedLedger {
  const alone: Budget = { ...shared, limit: Math.max(1, Math.floor(shared.limit / 4)) }
  const moment = (): Moment => ({ boot: clock.boot(), monotonic: clock.monotonic(), wall: clock.now() })

  /** What this process saw last: all that is left when the store fails or its files are deleted. */
  let remembered: { readonly ledger: Ledger; readonly version: number | null } | undefined

  /** Requests of this process, of which nobody else decides. */
  let own: ReadonlySet<string> = new Set()

  /** Until then, others may have asked without the store, and have had no occasion to tell. */
  let isAloneUntil = Number.NEGATIVE_INFINITY

  function recollect(): Sight {
    const now = moment()
    isAloneUntil = now.monotonic + budgetMemoryMs(shared)
    const ledger = remembered ? rebase(remembered.ledger, shared, now) : emptyLedger(now)
    return { ledger, budget: alone, time: now.monotonic, version: null, needsMending: false }
  }

  /**
   * With what this process remembers where the store knows less: it was out of reach, its files are gone, or it has gone
   * back to an older version, from which others may have counted on.
   */
  function withMemory(version: number, kept: Ledger, now: Moment): Ledger {
    if (!remembered) return kept
    const known = rebase(remembered.ledger, shared, now)
    const isOlder = remembered.version === null || remembered.version > version
    return isOlder ? unite(kept, known) : recall(kept, known, { own, budget: shared, time: now.monotonic })
  }

  async function look(): Promise<Sight> {
    const { version, content, present } = await store.read(name)
    const now = present ? { boot: present.timeline, monotonic: present.time, wall: present.time } : moment()
    const read = content ? decodeLedger(content) : emptyLedger(now)
    const kept = rebase(read ?? usedUpLedger(shared, now), shared, now)
    const ledger = withMemory(version, kept, now)
    return {
      ledger,
      budget: clock.monotonic() < isAloneUntil ? alone : shared,
      time: now.monotonic,
      version,
      // Counted from the present at each reading, what was used up would stay so for ever.
      needsMending: ledger !== read,
    }
  }

  async function keep({ version, ledger: before }: Sight, ledger: Ledger): Promise<boolean> {
    if (version !== null && !(await store.advance(name, version, encodeLedger(ledger)))) return false
    remembered = { ledger, version: version === null ? version : version + 1 }
    const others = new Set(before.requests.filter(({ id }) => !own.has(id)))
    own = new Set(ledger.requests.filter((request) => !others.has(request)).map(({ id }) => id))
    return true
  }

  async function attempt(
    sight: Sight,
    change: (view: LedgerView) => Ledger | undefined,
  ): Promise<boolean | 'overtaken'> {
    const changed = change(sight)
    const next = changed ?? (sight.needsMending ? sight.ledger : undefined)
    if (next && !(await keep(sight, next))) return 'overtaken'
    if (!next) remembered = { ledger: sight.ledger, version: sight.version }
    return changed !== undefined
  }

  return {
    read: () => look().catch(recollect),

    async update(patienceMs, change) {
      const until = clock.monotonic() + patienceMs
      for (let attempts = 1; ; attempts += 1) {
        const sight = await look().catch(recollect)
        const outcome = await attempt(sight, change).catch(() => {
          remembered = { ledger: sight.ledger, version: null }
          return attempt(recollect(), change)
        })
        if (outcome !== 'overtaken') return outcome
        if (clock.monotonic() >= until) return false
        await clock.sleep(Math.ceil(random.fraction() * Math.min(4 * attempts, 100)))
      }
    },
  }
}
