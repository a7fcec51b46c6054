// Runs the fleet simulator, which is TypeScript on top of the library's own scheduling code. Options: docs/fleet.md.
import { runTypeScript } from './run-typescript.mjs'

process.exitCode = await runTypeScript(['bench/fleet/fleet.ts'], process.argv.slice(2))
