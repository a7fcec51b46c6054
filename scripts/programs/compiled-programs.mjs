import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Compiles programs that are TypeScript, each with all that it imports into one file, which any supported Node runs from
 * anywhere.
 *
 * @param {readonly string[]} programs - Paths from the root of the repository.
 * @param {string} directory - Where the files are put.
 * @returns {Promise<string[]>} The paths of the files, in the order of the programs.
 */
export async function compilePrograms(programs, directory) {
  await build({
    entryPoints: programs.map((program) => join(root, program)),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    outdir: directory,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    // What is CommonJS in the bundle asks for Node's modules by `require`.
    banner: {
      js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
    },
    logLevel: 'warning',
  })
  return programs.map((program) => join(directory, basename(program).replace(/\.ts$/, '.mjs')))
}

/** Compiles programs into a directory that lasts until `use`, which gets their paths and the directory, is done. */
export async function withPrograms(programs, use) {
  const directory = await mkdtemp(join(tmpdir(), 'flavor-license-programs-'))
  try {
    return await use(await compilePrograms(programs, directory), directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}

/**
 * Compiles programs that start each other, and runs the first.
 *
 * @param {readonly string[]} programs - Paths from the root of the repository.
 * @param {readonly string[]} words - What the first one is told.
 * @returns {Promise<number>} Its exit code.
 */
export function runProgram(programs, words) {
  return withPrograms(programs, ([first]) => {
    return spawnSync(process.execPath, [first, ...words], { cwd: root, stdio: 'inherit' }).status ?? 1
  })
}
