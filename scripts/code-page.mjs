// Writes docs/codes.md from the tables that the library speaks from: node scripts/code-page.mjs
import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { withPrograms } from './programs/compiled-programs.mjs'

await withPrograms(['scripts/documents/code-page.ts'], async ([module]) => {
  const { codePage } = await import(pathToFileURL(module))
  writeFileSync(new URL('../docs/codes.md', import.meta.url), codePage())
})
