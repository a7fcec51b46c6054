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
const [few, many] = [8, 32]
const [larger, largest] = [30, 100]

function crowdOf(processes: number, ofLimits: readonly number[], by: Crowd['strategies'] = strategies): Crowd {
  return { processes, lock: 'directory', limits: ofLimits, strategies: by }
}

/** No more at once than two slow processors have time for: whoever has to wait for one leaves places empty. */
const withLock: readonly Crowd[] = proveAtLength
  ? [
      crowdOf(few, [5, 10]),
      crowdOf(few, [larger]),
      ...strategies.flatMap((strategy) => [
        crowdOf(few, [largest], [strategy]),
        ...limits.map((limit) => crowdOf(many, [limit], [strategy])),
      ]),
    ]
  : [crowdOf(few, limits)]
const withoutLock: readonly Crowd[] = [
  { processes: proveAtLength ? few : 4, lock: 'open', ...every },
  { processes: proveAtLength ? few : 4, lock: 'unavailable', ...every },
  ...(proveAtLength
    ? [larger, largest].map((limit): Crowd => ({ processes: many, lock: 'open', limits: [limit], strategies }))
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
