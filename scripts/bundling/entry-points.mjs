import { readFileSync } from 'node:fs'

const { exports } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))

/** The modules that a product imports, as `exports` in package.json has them: `index`, `portal`, … */
export const entryPoints = Object.values(exports).flatMap(
  (entry) => /^\.\/dist\/(\w+)\.js$/.exec(entry.import?.default)?.[1] ?? [],
)
