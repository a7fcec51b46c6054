import { createRequire } from 'node:module'

/** The package's version, by its own public entry point: the bundle and the sources lie at different depths. */
export function packageVersion(): string {
  const manifest: unknown = createRequire(import.meta.url)('flavor-license/package.json')
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return hasVersion ? String(manifest.version) : 'unknown'
}
