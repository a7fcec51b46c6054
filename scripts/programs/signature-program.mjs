import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { withPrograms } from './compiled-programs.mjs'

const run = promisify(execFile)

/** Calls `use` with a function that runs the program which judges signatures under a Node, and with a directory. */
export function withSignatureProgram(use) {
  return withPrograms(['test/adapters/signature-program.ts'], ([program], directory) =>
    use(async (node, ...words) => {
      const { stdout } = await run(node, [program, ...words.map(String)])
      return JSON.parse(stdout)
    }, directory),
  )
}
