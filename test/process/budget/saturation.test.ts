import { describe, expect, it } from 'vitest'
import { compiledProgram } from '../support/compiled-program.js'
import { figure, proveAtLength } from '../support/proof-length.js'
import { type Saturation, saturate } from './saturation.js'

const program = compiledProgram('asker')

const strategies = ['fixed-window', 'moving-window', 'sliding-window-counter'] as const
const limits = proveAtLength ? [5, 10, 30, 100] : [10]
const length = proveAtLength ? { windowMs: 10_000, windows: 8 } : { windowMs: 1_000, windows: 4 }

/** They live side by side: each limit and strategy has a hub and a directory of its own, and mostly waits. */
interface Crowd extends Pick<Saturation, 'processes' | 'lock'> {
  readonly limits: readonly number[]
  readonly strategies: readonly Saturation['strategy'][]
}

const every: Pick<Crowd, 'limits' | 'strategies'> = { limits, strategies }
const [large, largest] = [32, 100]
/** What is busy all the time has the machine for itself. */
const withLock: readonly Crowd[] = [
  { processes: 8, lock: 'directory', ...every },
  ...(proveAtLength
    ? [
        ...[5, 10, 30].map((limit): Crowd => ({ processes: large, lock: 'directory', limits: [limit], strategies })),
        ...strategies.map(
          (strategy): Crowd => ({ processes: large, lock: 'directory', limits: [largest], strategies: [strategy] }),
        ),
      ]
    : []),
]
const withoutLock: readonly Crowd[] = [
  { processes: proveAtLength ? 8 : 4, lock: 'open', ...every },
  { processes: proveAtLength ? 8 : 4, lock: 'unavailable', ...every },
  ...(proveAtLength
    ? [30, largest].map((limit): Crowd => ({ processes: large, lock: 'open', limits: [limit], strategies }))
    : []),
]

function scenes({ limits, strategies, ...crowd }: Crowd): readonly Saturation[] {
  return limits.flatMap((limit) => strategies.map((strategy) => ({ ...crowd, ...length, strategy, limit })))
}

async function expectNoRefusal(saturations: readonly Saturation[]): Promise<void> {
  await Promise.all(
    saturations.map(async (saturation) => {
      const { strategy, limit, processes, lock } = saturation
      const { requests, refused, use, waitP99Ms, verdicts } = await saturate(program(), saturation)
      const usePercent = Math.floor(use * 1_000) / 10
      figure(4, 'saturated hubs', { strategy, limit, processes, lock, requests, refused, usePercent, waitP99Ms })
      expect(refused, strategy).toBe(0)
      expect(requests, strategy).toBeGreaterThan(limit)
      expect(Object.keys(verdicts).filter((kind) => !kind.startsWith('licensed'))).toEqual([])
      if (proveAtLength && lock === 'directory')
        expect(usePercent, `${strategy} of ${limit}`).toBeGreaterThanOrEqual(99)
    }),
  )
}

describe('processes that together want more than the hub lets them have', () => {
  it.each(withLock)(
    'are never told that they ask too often ($processes processes, limits $limits, $strategies)',
    { timeout: 300_000 },
    async (crowd) => expectNoRefusal(scenes(crowd)),
  )
})

describe('processes that cannot rely on a lock', () => {
  it.each(withoutLock)(
    'are never told that they ask too often either ($processes processes, limits $limits, lock $lock)',
    { timeout: 300_000 },
    async (crowd) => expectNoRefusal(scenes(crowd)),
  )
})
