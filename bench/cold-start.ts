/**
 * What a product's start pays for a license check, by the built package. Each program runs in a process of its own, in
 * turns, so that whatever else the machine does meets all of them alike. Figures are ratios to the floor of the same run.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { floorProgram, startInTurns, verdictProgram } from './start-time.js'
import { median, quantile, table } from './statistics.js'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const rounds = Number(values.rounds)
const library = pathToFileURL(join(process.cwd(), 'dist', 'index.js')).href
const directory = mkdtempSync(join(tmpdir(), 'flavor-license-bench-'))

const programs = {
  'bare node': '',
  floor: floorProgram(directory),
  'import of flavor-license': `import ${JSON.stringify(library)}`,
  'verdict from the record': await verdictProgram(library, directory),
}
const files = Object.entries(programs).map(([name, code]) => {
  const file = join(directory, `${name.replaceAll(' ', '-')}.mjs`)
  writeFileSync(file, code)
  return [name, file] as const
})
const timed = startInTurns(Object.fromEntries(files), rounds)
rmSync(directory, { recursive: true })

const [bareTimes, floorTimes] = timed.map(({ times }) => median(times))
const bare = bareTimes ?? 0
const floor = (floorTimes ?? 0) - bare
const rows = timed.map(({ name, times }) => {
  const over = median(times) - bare
  const quartiles = `${quantile(times, 0.25).toFixed(1)} to ${quantile(times, 0.75).toFixed(1)}`
  return [name, median(times).toFixed(1), quartiles, over.toFixed(1), (over / floor).toFixed(2)]
})
console.log(`Node ${process.version}, ${rounds} rounds, milliseconds; over bare node, and as a ratio to the floor.\n`)
console.log(table(['program', 'median', 'quartiles', 'over bare node', 'ratio'], rows))
