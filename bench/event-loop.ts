/**
 * How long a stale `verify({ wait: false })` keeps the event loop from turning, from the call until the hub's answer is on
 * disk or the deadline is over, by the built package. Each round is a process of its own, and compares with the same
 * process while it does nothing.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { activateIn, productOn } from './activated-license.js'
import type { EventLoopOrder, EventLoopReport } from './event-loop-order.js'
import { startHub } from './hub.js'
import { median, quartiles, table } from './statistics.js'
import { startWorker } from './worker-process.js'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const rounds = Number(values.rounds)
/** What nobody who serves requests or draws pictures notices. */
const boundMs = 5

const directory = mkdtempSync(join(tmpdir(), 'flavor-license-bench-'))
const { hub, letGo } = await startHub()
const records = join(directory, 'records')
await activateIn(records, hub.licenseKey, productOn(hub))

async function measure(answers: boolean): Promise<EventLoopReport> {
  const home = mkdtempSync(join(directory, 'home-'))
  const directories = { cold: join(home, 'cold'), warm: join(home, 'warm') }
  for (const copy of Object.values(directories)) cpSync(records, copy, { recursive: true })
  const worker = startWorker<EventLoopOrder, EventLoopReport>('./event-loop-worker.mjs', { hub, directories, answers })
  await worker.ready
  return worker.run()
}

try {
  const answered: EventLoopReport[] = []
  const silent: EventLoopReport[] = []
  for (let round = 0; round < rounds; round += 1) {
    answered.push(await measure(true))
    silent.push(await measure(false))
  }
  const gaps: Readonly<Record<string, readonly number[]>> = {
    'nothing is done': [...answered, ...silent].map(({ idle }) => idle),
    'first question, the hub answers': answered.map(({ cold }) => cold),
    'first question, the hub is silent': silent.map(({ cold }) => cold),
    'next question, the hub answers': answered.map(({ warm }) => warm),
    'next question, the hub is silent': silent.map(({ warm }) => warm),
  }
  const rows = Object.entries(gaps).map(([name, longest]) => [
    name,
    median(longest).toFixed(1),
    quartiles(longest),
    Math.max(...longest).toFixed(1),
    `${longest.filter((gap) => gap > boundMs).length} of ${longest.length}`,
  ])
  console.log(`Node ${process.version}, ${rounds} rounds; the longest gap between two turns, in milliseconds.\n`)
  console.log(table(['while', 'median', 'quartiles', 'worst', `over ${boundMs} ms`], rows))
} finally {
  letGo()
  rmSync(directory, { recursive: true, force: true })
}
