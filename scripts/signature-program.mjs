import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'tsup'

const run = promisify(execFile)
const root = fileURLToPath(new URL('..', import.meta.url))

/** Calls `use` with a function that runs the program which judges signatures, in one file that any Node can run. */
export async function withSignatureProgram(use) {
  const directory = await mkdtemp(join(tmpdir(), 'flavor-license-signature-'))
  try {
    await build({
      config: false,
      entry: { program: join(root, 'test/adapters/signature-program.ts') },
      outDir: directory,
      outExtension: () => ({ js: '.mjs' }),
      format: ['esm'],
      target: 'node20',
      platform: 'node',
      noExternal: ['tweetnacl'],
      // What is CommonJS in the bundle asks for node:crypto by `require`.
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
      silent: true,
      clean: false,
    })
    const program = join(directory, 'program.mjs')
    return await use(async (node, ...words) => {
      const { stdout } = await run(node, [program, ...words.map(String)])
      return JSON.parse(stdout)
    }, directory)
  } finally {
    await rm(directory, { recursive: true, force: true })
  }
}
