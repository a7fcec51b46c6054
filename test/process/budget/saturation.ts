import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { createEmulator, type RateLimitStrategy } from '../../../src/emulator/index.js'
import type { AskingOrder, AskingReport } from '../support/asking.js'

/** Processes of one machine that together always want more of a hub than its limit lets them have. */
export interface Saturation {
  readonly strategy: RateLimitStrategy
  readonly limit: number
  readonly windowMs: number
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
  /** By kind, as {@link AskingReport} has them. */
  readonly verdicts: Readonly<Record<string, number>>
}

const key = 'FLVR-MANY-SITE-0000-0001'
const deadlineMs = 15_000

export async function saturate(program: string, saturation: Saturation): Promise<SaturationFigures> {
  const { strategy, limit, windowMs, processes, lock, windows } = saturation
  const unlimited = 1_000_000
  const emulator = createEmulator({
    rateLimit: { strategy, windowMs, limits: { verify: limit, activation: unlimited } },
  })
  emulator.addLicense({
    key,
    product: 'flavor-starter',
    tier: 'agency',
    status: 'active',
    source: 'individual',
    expiresAt: null,
    features: [],
    activationLimit: -1,
    activations: [],
  })
  const listening = await emulator.listen()
  const directory = mkdtempSync(join(tmpdir(), 'flavor-license-saturation-'))
  const limits = { verify: { limit, windowMs }, activation: { limit: unlimited, windowMs } }
  const hub = { url: listening.url, trustedKeys: emulator.keys, limits }
  const askers = Array.from({ length: processes }, (_, index) =>
    startAsker(program, { hub, directory, domain: `site-${index}.com`, key, lock, deadlineMs }),
  )
  try {
    await Promise.all(askers.map((asker) => asker.ready))
    for (const asker of askers) asker.start()
    await delay(windows * windowMs)
    const arrivals = emulator.arrivals.filter(({ category }) => category === 'verify')
    const reports = await Promise.all(askers.map((asker) => asker.stop()))
    const first = arrivals[0]?.at ?? 0
    const judged = arrivals.filter(({ at }) => at >= first + 2 * windowMs)
    const judgedMs = (judged.at(-1)?.at ?? 0) - (judged[0]?.at ?? 0)
    return {
      requests: arrivals.length,
      refused: emulator.arrivals.filter(({ status }) => status === 429).length,
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
    for (const asker of askers) asker.kill()
    await listening.close()
    rmSync(directory, { recursive: true, force: true })
  }
}

interface Asker {
  /** Rejects when the product could not be activated. */
  readonly ready: Promise<void>
  start(): void
  stop(): Promise<AskingReport>
  kill(): void
}

function startAsker(program: string, order: AskingOrder): Asker {
  const child: ChildProcessWithoutNullStreams = spawn(process.execPath, [program, JSON.stringify(order)])
  const stderr = text(child.stderr)
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const nextLine = async (): Promise<string> => {
    const { value, done } = await lines.next()
    if (done) throw new Error(`The asker ended early. ${await stderr}`)
    return value
  }
  return {
    ready: nextLine().then((outcome) => {
      if (outcome !== 'activated') throw new Error(`The asker has not been activated: ${outcome}.`)
    }),
    start: () => child.stdin.write('\n'),
    async stop() {
      const ended = once(child, 'close')
      child.stdin.end()
      const report: AskingReport = JSON.parse(await nextLine())
      await ended
      return report
    },
    kill: () => void child.kill('SIGKILL'),
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
