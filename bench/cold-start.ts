/**
 * What a product's start pays for a license check, by the built package and by both module systems. Each program runs in
 * a process of its own, in turns. A figure is the difference to a bare node of the same round: whatever else the machine
 * does meets both alike.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import { floorProgram, importProgram, type ModuleSystem, startInTurns, verdictProgram } from './start-time.js'
import { differences, median, quartiles, table } from './statistics.js'

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '40' } } })
const rounds = Number(values.rounds)
const built = join(process.cwd(), 'dist')
const directory = mkdtempSync(join(tmpdir(), 'flavor-license-bench-'))

/** What each module system loads, and how it knows its programs. */
const systems = [
  { system: 'ESM', library: pathToFileURL(join(built, 'index.js')).href, extension: 'mjs' },
  { system: 'CJS', library: join(built, 'index.cjs'), extension: 'cjs' },
] as const

async function programsOf(system: ModuleSystem, library: string): Promise<Readonly<Record<string, string>>> {
  return {
    'bare node': '',
    floor: floorProgram(directory, system),
    'import of flavor-license': importProgram(library, system),
    'verdict from the record': await verdictProgram(library, directory, system),
  }
}

const files: Record<string, string> = {}
for (const { system, library, extension } of systems) {
  for (const [name, code] of Object.entries(await programsOf(system, library))) {
    const file = join(directory, `${name.replaceAll(' ', '-')}.${extension}`)
    writeFileSync(file, code)
    files[`${name}, ${system}`] = file
  }
}
const timed = new Map(startInTurns(files, rounds).map(({ name, times }) => [name, times]))
rmSync(directory, { recursive: true })

const rows = systems.flatMap(({ system }) => {
  const timesOf = (name: string) => timed.get(`${name}, ${system}`) ?? []
  const over = (name: string) => differences(timesOf(name), timesOf('bare node'))
  const floor = median(over('floor'))
  return ['floor', 'import of flavor-license', 'verdict from the record'].map((name) => {
    const times = over(name)
    return [`${name}, ${system}`, median(times).toFixed(1), quartiles(times), (median(times) / floor).toFixed(2)]
  })
})
const bare = systems.map(({ system }) => `${median(timed.get(`bare node, ${system}`) ?? []).toFixed(1)} (${system})`)
console.log(`Node ${process.version}, ${rounds} rounds, milliseconds over bare node, which took ${bare.join(', ')}.\n`)
console.log(table(['program', 'median', 'quartiles', 'ratio to the floor'], rows))
