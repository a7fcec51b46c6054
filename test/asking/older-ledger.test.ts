import { describe, expect, it } from 'vitest'
import type { Admission, RequestBudgets } from '../../src/asking/request-budget.js'
import { withDrift } from '../../src/domain/budget/rate-budget.js'
import type { LedgerStore, LedgerVersion } from '../../src/ports/ledger-store.js'
import type { ManualClock } from '../support/manual-clock.js'
import { budgetsOnClock } from './budgets-on-clock.js'

const hubWindowMs = 1_000
/** As the client keeps it. */
const { windowMs } = withDrift({ limit: 1, windowMs: hubWindowMs })
const limit = 8

interface ForgetfulStore extends LedgerStore {
  newest(): LedgerVersion
  /** As where a replica takes over that lacks the last writes, or somebody puts files of a backup back. */
  goBackTo(older: LedgerVersion): void
}

function forgetfulStore(): ForgetfulStore {
  let newest: LedgerVersion = { version: 0, content: undefined }
  return {
    newest: () => newest,
    goBackTo(older) {
      newest = older
    },
    read: async () => newest,
    async advance(_name, version, content) {
      if (newest.version !== version) return false
      newest = { version: version + 1, content }
      return true
    },
  }
}

type Budgets = RequestBudgets<'verify'>

interface Scene {
  readonly budgets: Budgets
  /** One that the older ledger knows of. */
  readonly place: Admission
  readonly clock: ManualClock
}

const call = { priority: 'interactive', deadlineMs: 1 } as const

async function placeOf(budgets: Budgets): Promise<Admission> {
  const admitted = await budgets.admit('verify', call)
  if (!admitted.ok) throw new Error('There is no place.')
  return admitted.admission
}

/** One request after another, each answered at once, `most` of them or until none is admitted; how many that were. */
async function ask(budgets: Budgets, most = limit + 1): Promise<number> {
  for (let count = 0; count < most; count += 1) {
    const admitted = await budgets.admit('verify', call)
    if (!admitted.ok) return count
    await admitted.admission.settle()
  }
  return most
}

describe.each([
  ['to which nothing has been added', 'nothing'],
  ['that others have brought to the same count', 'as much'],
  ['that others have carried on further', 'more'],
])('a process that finds an older ledger, %s', (_what, added) => {
  /** What a process knows of what it did last, after the ledger has lost that and others have gone on without. */
  async function overtaken(act: (scene: Scene) => Promise<unknown>) {
    const machine = budgetsOnClock(limit, hubWindowMs)
    const store = forgetfulStore()
    const [here, there] = [machine.start(store), machine.start(store)]
    await ask(here, 1)
    const place = await placeOf(here)
    const older = store.newest()
    await act({ budgets: here, place, clock: machine.clock })
    const { version } = store.newest()
    store.goBackTo(older)
    const count = { nothing: 0, 'as much': version, more: version + 2 }[added] ?? Number.NaN
    while (store.newest().version < count) await (await placeOf(there)).withdraw()
    return { machine, here, there }
  }

  it('counts what it has asked, and lets the others know', async () => {
    const { machine, here, there } = await overtaken(({ budgets }) => ask(budgets, 6))
    expect(await ask(here)).toBe(0)
    expect(await ask(there)).toBe(0)
    machine.clock.advance(3 * windowMs + 1)
    expect(await ask(there)).toBe(limit)
  })

  it('counts what it has asked and not been answered', async () => {
    const { here, there } = await overtaken(async ({ budgets }) => {
      for (let places = 0; places < 6; places += 1) await placeOf(budgets)
    })
    expect(await ask(here)).toBe(0)
    expect(await ask(there)).toBe(0)
  })

  it('is silent when it was told so, and so are the others', async () => {
    const { machine, here, there } = await overtaken(({ place }) => place.penalize(5 * windowMs))
    for (const budgets of [here, there]) expect(await ask(budgets)).toBe(0)
    machine.clock.advance(5 * windowMs - 1)
    for (const budgets of [there, here]) expect(await ask(budgets)).toBe(0)
    machine.clock.advance(1)
    expect(await ask(here)).toBeGreaterThan(0)
  })

  it('asks slowly after a silence', async () => {
    const { here } = await overtaken(async ({ place, clock }) => {
      await place.penalize(2 * windowMs)
      clock.advance(2 * windowMs)
    })
    expect(await ask(here)).toBe(1)
  })

  it('asks nothing while nothing is left, and nor do the others', async () => {
    const { machine, here, there } = await overtaken(({ place }) => place.settle(500))
    for (const budgets of [here, there]) expect(await ask(budgets)).toBe(0)
    machine.clock.advance(500)
    expect(await ask(here)).toBe(limit - 2)
  })

  it('takes no place again that it has given back', async () => {
    const { here } = await overtaken(async ({ budgets }) => (await placeOf(budgets)).withdraw())
    expect(await ask(here)).toBe(limit - 2)
  })
})

describe('a process that finds the ledger as others have left it', () => {
  it('leaves places free that they have given back', async () => {
    const machine = budgetsOnClock(limit, hubWindowMs)
    const store = forgetfulStore()
    const [here, there] = [machine.start(store), machine.start(store)]
    const places = await Promise.all(Array.from({ length: 6 }, () => placeOf(there)))
    await ask(here, 1)
    for (const place of places) await place.withdraw()
    expect(await ask(here)).toBe(limit - 1)
  })

  it('writes nothing where they have dropped what counts no more', async () => {
    const machine = budgetsOnClock(limit, hubWindowMs)
    const store = forgetfulStore()
    const [here, there] = [machine.start(store), machine.start(store)]
    expect(await ask(here)).toBe(limit)
    machine.clock.advance(2 * windowMs)
    expect(await ask(there)).toBe(limit)
    const before = store.newest()
    expect(await ask(here)).toBe(0)
    expect(store.newest()).toBe(before)
  })
})
