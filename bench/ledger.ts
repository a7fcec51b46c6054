/**
 * What taking a place in a shared budget costs, beside the usual way to share a number between processes: a lock file,
 * and a JSON file that is read and written while it is held.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type LedgerOrder, type LedgerReport, type LedgerWay, ledgerWays } from './ledger-order.js'
import { median, quantile, table } from './statistics.js'
import { startWorker } from './worker-process.js'

const { values } = parseArgs({
  options: {
    processes: { type: 'string', default: '1,2,8,32' },
    rounds: { type: 'string', default: '3' },
    seconds: { type: 'string', default: '2' },
    directory: { type: 'string', default: tmpdir() },
  },
})
const durationMs = Number(values.seconds) * 1000
const rounds = Number(values.rounds)

interface Measured {
  readonly way: LedgerWay
  readonly perSecond: number
  readonly latenciesMs: readonly number[]
}

const rows: string[][] = []
for (const processes of values.processes.split(',').map(Number)) {
  const measured: Measured[] = []
  // In turns, so that whatever else the machine does meets all of them alike.
  for (let round = 0; round < rounds; round += 1) {
    for (const way of ledgerWays) measured.push(await measure(way, processes))
  }
  const rateOf = (way: LedgerWay) => median(measured.filter((one) => one.way === way).map((one) => one.perSecond))
  const baseline = rateOf('proper-lockfile')
  for (const way of ledgerWays) {
    const latencies = measured.filter((one) => one.way === way).flatMap((one) => one.latenciesMs)
    const rate = rateOf(way)
    rows.push([
      String(processes),
      way,
      rate.toFixed(0),
      quantile(latencies, 0.5).toFixed(2),
      quantile(latencies, 0.99).toFixed(1),
      (rate / baseline).toFixed(2),
    ])
  }
}
console.log(`Node ${process.version}, ${rounds} rounds of ${values.seconds} s each; latencies in milliseconds.\n`)
console.log(table(['processes', 'operation', 'per second', 'p50', 'p99', 'rate / proper-lockfile'], rows))

async function measure(way: LedgerWay, processes: number): Promise<Measured> {
  const directory = mkdtempSync(join(values.directory, 'flavor-license-ledger-'))
  const order: LedgerOrder = { way, directory, durationMs }
  const workers = Array.from({ length: processes }, () =>
    startWorker<LedgerOrder, LedgerReport>('ledger-worker.mjs', order),
  )
  try {
    await Promise.all(workers.map(({ ready }) => ready))
    const reports = await Promise.all(workers.map((worker) => worker.run()))
    const latenciesMs = reports.flatMap((report) => report.latenciesMs)
    return { way, perSecond: latenciesMs.length / (durationMs / 1000), latenciesMs }
  } finally {
    for (const worker of workers) worker.kill()
    rmSync(directory, { recursive: true, force: true })
  }
}
