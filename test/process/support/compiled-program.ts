import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'tsup'
import { afterAll, beforeAll } from 'vitest'

/**
 * The path of a program of `programs/`, compiled from the sources with all that it needs before the tests of this
 * file run: nothing of the repository has to be readable by whoever runs it.
 */
export function compiledProgram(name: 'asker' | 'client' | 'record-writer'): () => string {
  let directory: string | undefined
  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'flavor-license-program-'))
    chmodSync(directory, 0o755)
    await build({
      config: false,
      entry: { [name]: fileURLToPath(new URL(`programs/${name}.ts`, import.meta.url)) },
      outDir: directory,
      outExtension: () => ({ js: '.mjs' }),
      format: ['esm'],
      target: 'node20',
      platform: 'node',
      noExternal: [/.*/],
      // In a chunk of its own, a CommonJS package that is imported on demand loses its named exports.
      splitting: false,
      // What is CommonJS in the bundle asks for Node's modules by `require`.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      silent: true,
      clean: false,
    })
  })
  afterAll(() => {
    if (directory !== undefined) rmSync(directory, { recursive: true, force: true })
  })
  return () => {
    if (directory === undefined) throw new Error('The program has not been compiled yet.')
    return join(directory, `${name}.mjs`)
  }
}
