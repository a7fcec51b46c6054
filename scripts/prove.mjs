/**
 * The long forms of what `npm test` tries shortly: npm run prove [-- NAME ...]. Prints the figures of
 * docs/reliability.md as a table and as lines of JSON, and exits with 1 when a proof fails. Needs what .ci/install-test-tools installs, and root.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Each is a command that fails when what it proves does not hold. */
const proofs = {
  signatures: ['node', 'scripts/prove-signature.mjs'],
  'signatures-by-node': ['node', 'scripts/signature-matrix.mjs'],
  durability: ['npx', 'vitest', 'run', 'test/process/durability'],
  install: [
    'npx',
    'vitest',
    'run',
    'test/process/install',
    'test/components/failing-disk.test.ts',
    'test/security/updates',
  ],
  storage: ['npx', 'vitest', 'run', 'test/process/storage'],
  'power-cuts': ['npx', 'vitest', 'run', 'test/simulation/power-cuts'],
  seams: ['npx', 'vitest', 'run', 'test/fault-loop'],
  saturation: ['npx', 'vitest', 'run', 'test/process/budget/saturation.test.ts', '-t', 'want more than the hub'],
  'one-request': ['npx', 'vitest', 'run', 'test/process/budget/one-request.test.ts'],
  'saturation-without-lock': ['npx', 'vitest', 'run', 'test/process/budget/saturation.test.ts', '-t', 'rely on a lock'],
  simulation: ['npm', 'run', 'simulate', '--', '--days', '1000', '--processes', '8'],
}

/** A line for each figure, its values as they were named. */
function tableOf(lines) {
  const rows = lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))
  const described = rows.map(({ row, name, ...values }) => [
    `row ${row}`,
    name,
    Object.entries(values)
      .map(([key, value]) => `${key} ${value}`)
      .join(', '),
  ])
  const widths = [0, 1].map((column) => Math.max(0, ...described.map((cells) => cells[column].length)))
  return described
    .map(([row, name, values]) => `${row.padEnd(widths[0])}  ${name.padEnd(widths[1])}  ${values}`)
    .join('\n')
}

const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(proofs)
const unknown = names.filter((name) => !Object.hasOwn(proofs, name))
if (unknown.length > 0) {
  console.error(`There is no proof ${unknown.join(', ')}. The proofs are: ${Object.keys(proofs).join(', ')}.`)
  process.exit(2)
}

const directory = mkdtempSync(join(tmpdir(), 'flavor-license-prove-'))
const figures = join(directory, 'figures')
writeFileSync(figures, '')
const env = {
  ...process.env,
  FLAVOR_LICENSE_PROVE: 'long',
  FLAVOR_LICENSE_FIGURES: figures,
  FLAVOR_LICENSE_TOOLS: 'required',
  FAULT_LOOP: 'all',
}
const results = []
try {
  for (const name of names) {
    const started = performance.now()
    const [command, ...words] = proofs[name]
    const child = spawn(command, words, { cwd: root, env, stdio: 'inherit' })
    const [exitCode] = await once(child, 'exit')
    results.push({ proof: name, held: exitCode === 0, seconds: Math.round((performance.now() - started) / 1_000) })
  }
  const lines = readFileSync(figures, 'utf8')
  console.log(`\n${tableOf(lines)}\n\n${lines}`)
} finally {
  rmSync(directory, { recursive: true, force: true })
}
for (const result of results) console.log(JSON.stringify(result))
if (results.some(({ held }) => !held)) process.exitCode = 1
