// Lives many days on one simulated machine: npm run simulate -- --days 1000 --processes 8 --seed N
// The same seed lives the same life again, to the last request.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const { values } = parseArgs({
  options: {
    days: { type: 'string', default: '1000' },
    processes: { type: 'string', default: '8' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
  },
})
const numbers = Object.entries(values).map(([name, text]) => [name, Number(text)])
const wrong = numbers.find(([, number]) => !Number.isSafeInteger(number) || number < 1)
if (wrong) {
  console.error(`--${wrong[0]} must be a whole number of at least 1.`)
  process.exit(2)
}

const root = fileURLToPath(new URL('..', import.meta.url))
const vitest = fileURLToPath(new URL('../node_modules/vitest/vitest.mjs', import.meta.url))
const run = spawnSync(process.execPath, [vitest, 'run', 'test/simulation', '--testNamePattern', 'a fresh seed'], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    SIMULATION_DAYS: values.days,
    SIMULATION_PROCESSES: values.processes,
    SIMULATION_SEED: values.seed,
  },
})
process.exitCode = run.status ?? 1
