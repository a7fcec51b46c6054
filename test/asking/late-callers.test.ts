import { describe, expect, it } from 'vitest'
import type { Clock } from '../../src/ports/clock.js'
import { budgetsOnClock } from './budgets-on-clock.js'

const limit = 10
const windowMs = 10_000
const deadlineMs = 15_000
const windows = 12

interface Lateness {
  readonly processes: number
  /** Of so many times that any of them wakes up, it is late once. */
  readonly lateEvery: number
  readonly lateMs: number
}

/** How much of the limit they use. */
async function useOf({ processes, lateEvery, lateMs }: Lateness): Promise<number> {
  const machine = budgetsOnClock(limit, windowMs)
  const { clock } = machine
  const admissions: number[] = []
  let sleeps = 0

  function lateClock(): Clock {
    return {
      ...clock,
      async sleep(delayMs, signal) {
        await clock.sleep(delayMs, signal)
        sleeps += 1
        if (sleeps % lateEvery === 0) await clock.sleep(lateMs)
      },
    }
  }

  async function ask(): Promise<void> {
    const budgets = machine.start(undefined, lateClock())
    while (clock.monotonic() < windows * windowMs) {
      const admitted = await budgets.admit('verify', { priority: 'interactive', deadlineMs })
      if (!admitted.ok) {
        await clock.sleep(admitted.waitMs)
        continue
      }
      admissions.push(clock.monotonic())
      await clock.sleep(10)
      await admitted.admission.settle()
    }
  }

  await machine.finish(Promise.all(Array.from({ length: processes }, ask)))
  const judged = admissions.filter((time) => time >= 2 * windowMs && time < windows * windowMs)
  return judged.length / ((windows - 2) * limit)
}

describe('processes that always want more than the limit', () => {
  it.each([
    { processes: 8, lateEvery: 1, lateMs: 0, leastUse: 0.99 },
    { processes: 32, lateEvery: 1, lateMs: 0, leastUse: 0.99 },
    { processes: 32, lateEvery: 5, lateMs: 90, leastUse: 0.98 },
    { processes: 32, lateEvery: 5, lateMs: 200, leastUse: 0.96 },
    { processes: 32, lateEvery: 3, lateMs: 700, leastUse: 0.9 },
  ])(
    'leave no place empty because whoever waits for it gave up or is late ($processes processes, one wake-up in $lateEvery late by $lateMs ms)',
    { timeout: 120_000 },
    async ({ leastUse, ...lateness }) => expect(await useOf(lateness)).toBeGreaterThanOrEqual(leastUse),
  )
})
