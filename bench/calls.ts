/**
 * How often a product may ask within a second, by the built package: `status()`, and `verify()` with a record on disk that is
 * fresh, beside functions that do nothing, in turns in one process.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { createEmulator } from '../src/emulator/index.js'
import type * as Library from '../src/index.js'
import { activateIn, productOn } from './activated-license.js'
import { inTurns, median, quantile, table } from './statistics.js'

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, milliseconds: { type: 'string', default: '250' } },
})
const rounds = Number(values.rounds)
const durationMs = Number(values.milliseconds)

/** As a product has it. */
const { createLicenseClient }: typeof Library = await import(
  pathToFileURL(join(process.cwd(), 'dist', 'index.js')).href
)
const directory = mkdtempSync(join(tmpdir(), 'flavor-license-bench-'))
const emulator = createEmulator({ baseUrl: 'https://hub.example/api/v1' })
const options = productOn({ url: 'https://hub.example/api/v1', trustedKeys: emulator.keys })
await activateIn(directory, 'FLVR-ABCD-EFGH-IJKL-MNOP', { ...options, fetch: emulator.fetch })
const client = createLicenseClient({ ...options, directory })
if ((await client.verify()).state !== 'licensed') throw new Error('There is no license to ask about.')

const nothing = (): unknown => undefined
const nothingAsync = async (): Promise<unknown> => undefined

const operations = {
  'an empty function': synchronously(nothing),
  'status()': synchronously(() => client.status()),
  'an empty async function': asynchronously(nothingAsync),
  'verify()': asynchronously(() => client.verify()),
} as const

/** Calls between two looks at the clock. */
const batch = 100

function synchronously(operation: () => unknown): () => number {
  return () => {
    let calls = 0
    const started = performance.now()
    let elapsedMs = 0
    while (elapsedMs < durationMs) {
      for (let call = 0; call < batch; call += 1) operation()
      calls += batch
      elapsedMs = performance.now() - started
    }
    return (calls / elapsedMs) * 1000
  }
}

function asynchronously(operation: () => Promise<unknown>): () => Promise<number> {
  return async () => {
    let calls = 0
    const started = performance.now()
    let elapsedMs = 0
    while (elapsedMs < durationMs) {
      for (let call = 0; call < batch; call += 1) await operation()
      calls += batch
      elapsedMs = performance.now() - started
    }
    return (calls / elapsedMs) * 1000
  }
}

type Name = keyof typeof operations
const names = Object.keys(operations) as Name[]
const baselines: Readonly<Record<Name, Name>> = {
  'an empty function': 'an empty function',
  'status()': 'an empty function',
  'an empty async function': 'an empty async function',
  'verify()': 'an empty async function',
}
for (const name of names) await operations[name]()
const rates = await inTurns(names, rounds, (name) => operations[name]())
await client.close()
rmSync(directory, { recursive: true, force: true })

const millions = (perSecond: number) => (perSecond / 1_000_000).toFixed(3)
const rows = names.map((name) => {
  const measured = rates(name)
  const part = measured.map((rate, round) => rate / (rates(baselines[name])[round] ?? Number.NaN))
  return [
    name,
    millions(median(measured)),
    `${millions(quantile(measured, 0.25))} to ${millions(quantile(measured, 0.75))}`,
    median(part).toFixed(4),
  ]
})
console.log(`Node ${process.version}, ${rounds} rounds of ${durationMs} ms each; millions of calls in a second.\n`)
console.log(table(['call', 'median', 'quartiles', 'part of doing nothing'], rows))
