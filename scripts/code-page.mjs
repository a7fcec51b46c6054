// Writes docs/codes.md from the tables that the library speaks from: node scripts/code-page.mjs
import { runTypeScript } from './run-typescript.mjs'

process.exitCode = await runTypeScript(['scripts/write-code-page.ts'], [])
