/**
 * A large file over loopback: downloaded, hashed and forced to the disk by this package, beside `curl -o` and then
 * `sha256sum` in the same run, in turns. Then a download whose process is killed halfway, and what the next one costs.
 */
import { fork, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { DownloadOrder, DownloadReport } from './download-order.js'
import { median, table } from './statistics.js'
import { startWorker } from './worker-process.js'

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    mebibytes: { type: 'string', default: '1024' },
    directory: { type: 'string', default: tmpdir() },
  },
})
const directory = mkdtempSync(join(values.directory, 'flavor-license-bench-'))
const server = fork(fileURLToPath(new URL('./download-server.mjs', import.meta.url)), [values.mebibytes])
const [hub] = await once(server, 'message')

const orderFor = (name: string, killAt = 1.1): DownloadOrder => ({
  ...hub,
  directory: join(directory, name),
  records: join(directory, 'records'),
  killAt,
})

async function byLibrary(name: string): Promise<DownloadReport> {
  const worker = startWorker<DownloadOrder, DownloadReport>('./download-worker.mjs', orderFor(name))
  await worker.ready
  return worker.run()
}

function byTools(name: string): readonly [number, number] {
  mkdirSync(join(directory, name))
  const file = join(directory, name, 'large.bin')
  const times = [
    ['curl', '--silent', '--fail', '--output', file, `${hub.origin}/file`],
    ['sha256sum', file],
  ].map(([command = '', ...words]) => {
    const started = performance.now()
    const { status, stdout } = spawnSync(command, words, { encoding: 'utf8' })
    if (status !== 0) throw new Error(`${command} failed.`)
    if (command === 'sha256sum' && !stdout.startsWith(hub.sha256)) throw new Error('curl brought another file.')
    return performance.now() - started
  })
  return [times[0] ?? 0, times[1] ?? 0]
}

async function sentBy(operation: () => Promise<unknown>): Promise<number> {
  const count = async () => {
    server.send('count')
    const [{ sent }] = await once(server, 'message')
    return Number(sent)
  }
  const before = await count()
  await operation()
  return (await count()) - before
}

const own: DownloadReport[] = []
const tools: (readonly [number, number])[] = []
for (let round = 0; round < Number(values.rounds); round += 1) {
  own.push(await byLibrary('library'))
  rmSync(join(directory, 'library'), { recursive: true })
  tools.push(byTools('tools'))
  rmSync(join(directory, 'tools'), { recursive: true })
}
const toolsMs = median(tools.map(([curl, sum]) => curl + sum))
const ownMs = median(own.map(({ ms }) => ms))
const seconds = (ms: number) => (ms / 1000).toFixed(2)
console.log(
  table(
    ['way', 'median s', 'ratio'],
    [
      ['curl -o, then sha256sum', seconds(toolsMs), '1.00'],
      ['of that curl', seconds(median(tools.map(([curl]) => curl))), ''],
      ['of that sha256sum', seconds(median(tools.map(([, sum]) => sum))), ''],
      ['flavor-license, hashed and forced to the disk', seconds(ownMs), (ownMs / toolsMs).toFixed(2)],
    ],
  ),
)
console.log(`\nPeak memory of the process: ${Math.max(...own.map(({ peakMiB }) => peakMiB)).toFixed(1)} MiB.`)

const killed = startWorker<DownloadOrder, DownloadReport>('./download-worker.mjs', orderFor('killed', 0.5))
await killed.ready
await killed.run().catch(() => undefined)
const left = statSync(join(directory, 'killed', partialIn(join(directory, 'killed')))).size
const cost = await sentBy(() => byLibrary('killed'))
console.log(`\nKilled halfway, ${left} of ${hub.size} bytes were on the disk; the next process was sent ${cost}.`)
server.disconnect()
rmSync(directory, { recursive: true })

function partialIn(path: string): string {
  const { stdout } = spawnSync('ls', ['-A', path], { encoding: 'utf8' })
  return stdout.trim()
}
