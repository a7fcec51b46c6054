import { describe, expect, it } from 'vitest'
import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import { isBeingAsked, underClaim } from '../../src/asking/claim.js'
import type { ProcessState } from '../../src/domain/budget/claim.js'
import type { LedgerStore } from '../../src/ports/ledger-store.js'
import { manualClock } from '../support/manual-clock.js'

const deadlineMs = 3_000

/** Processes that share a ledger. `states` says what they see of each other. */
function machine(ledger: LedgerStore = memoryLedgerStore()) {
  const clock = manualClock()
  const states = new Map<number, ProcessState>()
  const processesOf = (processId: number) => ({
    self: () => ({ space: 'machine', processId, startedAt: '' }),
    stateOf: (name: { readonly processId: number }) => states.get(name.processId) ?? 'alive',
  })
  return {
    clock,
    states,
    ledger,
    isBeingAsked: () => isBeingAsked({ clock, ledger, processes: processesOf(9) }, 'question'),
    /** What process `processId` learns: that it asked, or nothing. */
    async ask(processId: number, meanwhile = async (): Promise<void> => undefined, isAnybodyThere = false) {
      const processes = processesOf(processId)
      return underClaim({ clock, ledger, processes }, { name: 'question', deadlineMs, isAnybodyThere }, async () => {
        await meanwhile()
        return { askedBy: processId }
      })
    },
  }
}

describe('a question under a claim', () => {
  it('is asked by one at a time, and by the next when that one is done', async () => {
    const { ask } = machine()
    const others: unknown[] = []
    expect(
      await ask(1, async () => {
        others.push(...(await Promise.all([ask(2), ask(3), ask(1)])))
      }),
    ).toEqual({ askedBy: 1 })
    expect(others).toEqual([undefined, undefined, undefined])
    expect(await ask(2)).toEqual({ askedBy: 2 })
  })

  it('is asked by one of many who begin at the same moment, though no lock keeps them apart', async () => {
    const { ask } = machine()
    const forEver = new Promise<void>(() => {})
    const asked: number[] = []
    for (let processId = 0; processId < 50; processId += 1) {
      ask(processId, () => {
        asked.push(processId)
        return forEver
      })
    }
    await new Promise((resolve) => setImmediate(resolve))
    expect(asked).toHaveLength(1)
  })

  it('is free again after asking has failed', async () => {
    const { ask } = machine()
    await expect(ask(1, () => Promise.reject(new Error('aborted')))).rejects.toThrow('aborted')
    expect(await ask(2)).toEqual({ askedBy: 2 })
  })

  it('goes at once to another one when its holder is killed, whose lock is still there', async () => {
    const { ask, states } = machine()
    ask(1, () => new Promise(() => {}))
    expect(await ask(2, undefined, true)).toBeUndefined()
    states.set(1, 'dead')
    expect(await ask(2, undefined, true)).toEqual({ askedBy: 2 })
  })

  it('goes to another one when a holder that nobody sees keeps its lock no longer', async () => {
    const { ask, states } = machine()
    ask(1, () => new Promise(() => {}))
    states.set(1, 'unknown')
    expect(await ask(2, undefined, true)).toBeUndefined()
    expect(await ask(2, undefined, false)).toEqual({ askedBy: 2 })
  })

  it('goes to another one when a holder that hangs has had its time', async () => {
    const { ask, clock } = machine()
    ask(1, () => new Promise(() => {}))
    await Promise.resolve()
    clock.advance(deadlineMs - 1)
    expect(await ask(2)).toBeUndefined()
    clock.advance(1)
    expect(await ask(2)).toEqual({ askedBy: 2 })
  })

  it('is left to whoever keeps the lock and has not claimed it yet', async () => {
    expect(await machine().ask(1, undefined, true)).toBeUndefined()
  })

  it.each(['read', 'advance'] as const)('is asked where no claim can be made (%s fails)', async (method) => {
    const broken = { ...memoryLedgerStore(), [method]: () => Promise.reject(new Error('EIO')) }
    const { ask } = machine(broken)
    expect(await ask(1)).toEqual({ askedBy: 1 })
    expect(await ask(1, undefined, true)).toBeUndefined()
  })

  it('is asked where there is something else in place of a claim', async () => {
    const { ask, ledger } = machine()
    await ledger.advance('question', 0, new TextEncoder().encode('{"holder":'))
    expect(await ask(1)).toEqual({ askedBy: 1 })
  })

  it('is seen to be asked while a living holder asks it, and no longer', async () => {
    const { ask, isBeingAsked, states } = machine()
    expect(await isBeingAsked()).toBe(false)
    await ask(1, async () => {
      expect(await isBeingAsked()).toBe(true)
      states.set(1, 'unknown')
      expect(await isBeingAsked()).toBe(false)
      states.set(1, 'alive')
    })
    expect(await isBeingAsked()).toBe(false)
    const broken = { ...memoryLedgerStore(), read: () => Promise.reject(new Error('EIO')) }
    expect(await machine(broken).isBeingAsked()).toBe(false)
  })
})
