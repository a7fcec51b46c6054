import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Compiles programs that are TypeScript, each with all that it imports, into one directory, and runs the first.
 *
 * @param {readonly string[]} programs - Paths from the root of the repository.
 * @param {readonly string[]} words - What the first one is told.
 * @returns {Promise<number>} Its exit code.
 */
export async function runTypeScript(programs, words) {
  const directory = mkdtempSync(join(tmpdir(), 'flavor-license-programs-'))
  try {
    await build({
      entryPoints: programs.map((program) => join(root, program)),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      outdir: directory,
      outExtension: { '.js': '.mjs' },
      // What is CommonJS in the bundle asks for Node's modules by `require`.
      banner: {
        js: "import { createRequire as requireFrom } from 'node:module'; const require = requireFrom(import.meta.url);",
      },
      logLevel: 'warning',
    })
    const [first = ''] = programs
    const program = join(directory, basename(first).replace(/\.ts$/, '.mjs'))
    return spawnSync(process.execPath, [program, ...words], { cwd: root, stdio: 'inherit' }).status ?? 1
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}
