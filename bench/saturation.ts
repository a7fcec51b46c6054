/**
 * How much of a hub's limit many processes of one machine use, and how often they are told that it was too much. The
 * hub is the emulator, and its arrival log is the only witness.
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { RateLimitStrategy } from '../src/emulator/index.js'
import { limitedHub } from '../test/support/limited-hub.js'
import { type ContenderName, contenders, type SaturationOrder } from './saturation-order.js'
import { table } from './statistics.js'
import { startWorker } from './worker-process.js'

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    processes: { type: 'string', default: '8' },
    rounds: { type: 'string', default: '6' },
    seconds: { type: 'string', default: '10' },
    parallel: { type: 'string', default: '6' },
  },
})
/** One round is one window of the hub's. */
const windows = Number(values.rounds)
const windowMs = Number(values.seconds) * 1000

/** The burst of a fresh start would flatter whoever is allowed one, so these are not judged. */
const unjudgedWindows = 2

interface Setting {
  readonly limit: number
  readonly processes: number
  readonly strategy: RateLimitStrategy
}

interface Figures {
  /** Requests that were served, as a part of what the limit allows. */
  readonly use: number
  readonly refused: number
}

const only = new Map(
  values.only.split(',').map((pair): [string, string | undefined] => {
    const [name = '', value] = pair.split('=')
    return [name, value]
  }),
)
const isWanted = (name: string, value: string | number) => (only.get(name) ?? String(value)) === String(value)

const settings = [5, 10, 30, 100]
  .flatMap((limit) => values.processes.split(',').map((processes) => ({ limit, processes: Number(processes) })))
  .flatMap((one) =>
    (['fixed-window', 'moving-window', 'sliding-window-counter'] as const).map((strategy) => ({ ...one, strategy })),
  )
  .filter(({ limit, strategy }) => isWanted('limit', limit) && isWanted('strategy', strategy))
const shown = contenders.filter((contender) => isWanted('contender', contender))

const queue = [...settings.entries()]
const rows: string[][] = []
await Promise.all(Array.from({ length: Number(values.parallel) }, runQueue))
console.log(
  `Node ${process.version}, windows of ${values.seconds} s, ${windows} of them judged; use of the limit, and answers 429.\n`,
)
console.log(table(['limit', 'processes', 'hub counts by', ...shown], rows))

async function runQueue(): Promise<void> {
  for (let next = queue.shift(); next; next = queue.shift()) {
    const [place, setting] = next
    const figures = await Promise.all(shown.map((contender) => saturate(contender, setting)))
    const cells = figures.map(({ use, refused }) => `${(100 * use).toFixed(1)} %, ${refused}`)
    rows[place] = [String(setting.limit), String(setting.processes), setting.strategy, ...cells]
    console.error(rows[place].join(' | '))
  }
}

async function saturate(contender: ContenderName, { limit, processes, strategy }: Setting): Promise<Figures> {
  const hub = await limitedHub({ strategy, limit, windowMs })
  const durationMs = (unjudgedWindows + windows) * windowMs
  const workers = Array.from({ length: processes }, (_, index) =>
    startWorker<SaturationOrder, object>('saturation-worker.mjs', {
      contender,
      hub: hub.options,
      licenseKey: hub.licenseKey,
      limit,
      windowMs,
      processes,
      index,
      directory: hub.directory,
      durationMs,
    }),
  )
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    const judgedFrom = Date.now() + unjudgedWindows * windowMs
    await Promise.all([...workers.map((worker) => worker.run()), delay(durationMs)])
    const served = hub
      .arrivals()
      .filter(({ at, status }) => status === 200 && at >= judgedFrom && at < judgedFrom + windows * windowMs)
    return {
      use: served.length / (limit * windows),
      refused: hub.refused(),
    }
  } finally {
    for (const worker of workers) worker.kill()
    await hub.close()
  }
}
