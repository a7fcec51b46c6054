import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { compilePrograms } from '../../../scripts/programs/compiled-programs.mjs'

/**
 * The path of a program of `programs/`, compiled from the sources with all that it needs before the tests of this
 * file run: nothing of the repository has to be readable by whoever runs it.
 */
export function compiledProgram(name: 'asker' | 'client' | 'record-writer'): () => string {
  let compiled: { readonly directory: string; readonly path: string } | undefined
  beforeAll(async () => {
    const directory = mkdtempSync(join(tmpdir(), 'flavor-license-program-'))
    chmodSync(directory, 0o755)
    const [path = ''] = await compilePrograms([`test/process/support/programs/${name}.ts`], directory)
    compiled = { directory, path }
  })
  afterAll(() => {
    if (compiled) rmSync(compiled.directory, { recursive: true, force: true })
  })
  return () => {
    if (!compiled) throw new Error('The program has not been compiled yet.')
    return compiled.path
  }
}
