import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, expect, it, onTestFinished } from 'vitest'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { compiledProgram } from '../support/compiled-program.js'
import { describeWhere } from '../support/machine.js'
import { figure, proveAtLength } from '../support/proof-length.js'
import type { WritingOrder, WritingReport } from '../support/record-writing.js'

const saves = proveAtLength ? 1_000 : 60
const manyWriters = proveAtLength ? 8 : 2

const program = compiledProgram('record-writer')
const tally = { runs: 0, saves: 0, torn: 0, readErrors: 0, regressions: 0, misses: 0, lostNewest: 0 }
afterAll(() => figure(10, 'processes that save into one directory', tally))

interface Scene {
  readonly name: string
  readonly lock: WritingOrder['lock']
  readonly writers: number
  readonly wrapper?: readonly string[]
  readonly arrange?: (directory: string) => void
}

/** Its own process ids, from 1: whoever tells processes apart by their ids takes the two writers for one. */
const ownProcessIds = ['unshare', '--pid', '--fork', '--mount-proc', '--kill-child']

const scenes: readonly Scene[] = [
  { name: 'with the lock', lock: 'directory', writers: 2 },
  { name: 'with a lock that always grants', lock: 'open', writers: 2 },
  { name: 'with a lock that somebody has left behind', lock: 'directory', writers: 2, arrange: leaveLockBehind },
  { name: 'in two process namespaces, with the lock', lock: 'directory', writers: 2, wrapper: ownProcessIds },
  { name: 'in two process namespaces, without', lock: 'open', writers: 2, wrapper: ownProcessIds },
  { name: 'in a crowd, without a lock', lock: 'open', writers: manyWriters },
]

describeWhere(['process namespaces'], 'processes that save into one directory', () => {
  it.each(scenes)(
    '$name tear nothing and lose nothing',
    { timeout: 600_000 },
    async ({ lock, writers, wrapper, arrange }) => {
      const directory = temporaryDirectory()
      arrange?.(directory)
      const processes = Array.from({ length: writers }, () => startWriter({ directory, lock, saves }, wrapper))
      await Promise.all(processes.map((child) => once(child.stdout, 'data')))
      for (const child of processes) child.stdin.write('\n')
      const reports = await Promise.all(processes.map(reportOf))

      const newest = reports
        .map((report) => report.newest)
        .sort()
        .at(-1)
      const records = readdirSync(directory)
        .filter((name) => name.startsWith('license-v1-'))
        .sort()
      tally.runs += 1
      tally.saves += writers * saves
      if (!records.at(-1)?.includes(newest ?? 'none')) tally.lostNewest += 1
      for (const report of reports) {
        tally.torn += report.warnings['record-damaged'] ?? 0
        tally.readErrors += report.warnings['storage-unavailable'] ?? 0
        tally.regressions += report.regressions
        tally.misses += report.misses
      }
      expect(reports).toEqual(reports.map(({ newest }) => ({ warnings: {}, regressions: 0, misses: 0, newest })))
      expect(records.at(-1)).toContain(newest)
      expect(readdirSync(directory).filter((name) => /\.(?:tmp|damaged|lock)$/.test(name))).toEqual([])
      // Two processes that publish at the same moment may each keep the other's.
      expect(records.length).toBeLessThanOrEqual(writers + 1)
    },
  )
})

function startWriter(order: WritingOrder, wrapper: readonly string[] = []): ChildProcessWithoutNullStreams {
  const [command = '', ...words] = [...wrapper, process.execPath, program(), JSON.stringify(order)]
  const child = spawn(command, words)
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function reportOf(child: ChildProcessWithoutNullStreams): Promise<WritingReport> {
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  expect(stderr).toBe('')
  const report: WritingReport = JSON.parse(stdout)
  return report
}

function leaveLockBehind(directory: string): void {
  const path = join(directory, 'license-v1.lock')
  mkdirSync(path)
  const hourAgo = Date.now() / 1_000 - 3_600
  utimesSync(path, hourAgo, hourAgo)
}
