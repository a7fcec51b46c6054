// Measures, as ratios against a baseline in the same run: npm run bench [-- NAME ... --rounds N --option ...].
import { cpus, loadavg } from 'node:os'
import { runProgram } from './programs/compiled-programs.mjs'

/** The programs of each bench, the one that runs it first. */
const benches = {
  'cold-start': ['bench/cold-start.ts'],
  'first-request': ['bench/first-request.ts', 'bench/hub-process.ts'],
  calls: ['bench/calls.ts'],
  'event-loop': ['bench/event-loop.ts', 'bench/event-loop-worker.ts', 'bench/hub-process.ts'],
  peers: ['bench/peers.ts'],
  ledger: ['bench/ledger.ts', 'bench/ledger-worker.ts'],
  download: ['bench/download.ts', 'bench/download-worker.ts', 'bench/download-server.ts'],
  saturation: ['bench/saturation.ts', 'bench/saturation-worker.ts'],
}

const words = process.argv.slice(2)
const firstOption = words.findIndex((word) => word.startsWith('--'))
const named = firstOption < 0 ? words : words.slice(0, firstOption)
const options = firstOption < 0 ? [] : words.slice(firstOption)
const names = named.length > 0 ? named : Object.keys(benches)
const unknown = names.filter((name) => !Object.hasOwn(benches, name))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. The benches are: ${Object.keys(benches).join(', ')}.`)
  process.exit(2)
}
if (names.length > 1 && !/^(?:--rounds[ =]\d+)?$/.test(options.join(' '))) {
  console.error('All benches take --rounds N; other options are those of one bench: name it first.')
  process.exit(2)
}
for (const name of names) {
  const command = ['npm run bench --', name, ...options].join(' ')
  const date = new Date().toISOString().slice(0, 10)
  // What else the machine does decides what the figures are worth.
  const machine = `${cpus().length} cores (${cpus()[0]?.model}), load ${loadavg()[0]?.toFixed(1)} at the beginning`
  console.log(`\n## ${name}\n\n\`${command}\`, on ${date} with ${machine}:\n`)
  process.exitCode = (await runProgram(benches[name], options)) || process.exitCode
}
