import { setTimeout as delay } from 'node:timers/promises'
import { type Limitation, limitedHub } from '../../support/limited-hub.js'
import type { AskingOrder } from '../support/asking.js'
import { gatherCrowd } from '../support/crowd.js'

/** Processes of one machine that together always want more of a hub than its limit lets them have. */
export interface Saturation extends Limitation {
  readonly processes: number
  readonly lock: AskingOrder['lock']
  /** How long they ask, in windows. The first two hold the burst of a fresh start, and are not judged. */
  readonly windows: number
}

/** What the hub's arrival log says of it. */
export interface SaturationFigures {
  readonly requests: number
  readonly refused: number
  /** Of the limit, between the first and the last arrival that are judged. */
  readonly use: number
  readonly waitP99Ms: number
  /** By kind, as `AskingReport` has them. */
  readonly verdicts: Readonly<Record<string, number>>
}

/** Longer than any place is waited for; when the crowd is told to stop, its last calls still last until then. */
const deadlineOf = (windowMs: number) => Math.max(5_000, 1.5 * windowMs)

export async function saturate(program: string, saturation: Saturation): Promise<SaturationFigures> {
  const { limit, windowMs, processes, lock, windows } = saturation
  const hub = await limitedHub(saturation)
  try {
    const crowd = await gatherCrowd(program, hub, { processes, lock, deadlineMs: deadlineOf(windowMs) })
    for (const asker of crowd.askers) asker.start()
    await delay(windows * windowMs)
    const arrivals = hub.arrivals()
    const reports = await crowd.stop().finally(crowd.kill)
    const first = arrivals[0]?.at ?? 0
    const judged = arrivals.filter(({ at }) => at >= first + 2 * windowMs)
    const judgedMs = (judged.at(-1)?.at ?? 0) - (judged[0]?.at ?? 0)
    return {
      requests: arrivals.length,
      refused: hub.refused(),
      use: judgedMs > 0 ? (judged.length - 1) / ((judgedMs / windowMs) * limit) : 0,
      waitP99Ms: Math.round(
        percentile(
          reports.flatMap(({ waitsMs }) => waitsMs),
          0.99,
        ),
      ),
      verdicts: sum(reports.map(({ verdicts }) => verdicts)),
    }
  } finally {
    await hub.close()
  }
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

function sum(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const [kind, count] of counts.flatMap(Object.entries<number>)) total[kind] = (total[kind] ?? 0) + count
  return total
}
