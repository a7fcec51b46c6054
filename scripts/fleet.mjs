// Runs the fleet simulator, which is TypeScript on top of the library's own scheduling code. Options: docs/fleet.md.
import { runProgram } from './programs/compiled-programs.mjs'

process.exitCode = await runProgram(['bench/fleet/fleet.ts'], process.argv.slice(2))
