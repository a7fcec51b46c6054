// Every subpath, by both module systems: the names that they give must be the same.
import { createRequire } from 'node:module'
import manifest from 'flavor-license/package.json' with { type: 'json' }

const require = createRequire(import.meta.url)
for (const subpath of Object.keys(manifest.exports).filter((path) => path !== './package.json')) {
  const specifier = `flavor-license${subpath.slice(1)}`
  const imported = Object.keys(await import(specifier)).sort()
  const required = Object.keys(require(specifier)).sort()
  if (imported.length === 0 || imported.join() !== required.join()) {
    throw new Error(`${specifier}: import gives ${imported}, require ${required}.`)
  }
}
