/**
 * Prints what a product gets with this package, as CycloneDX, from the lock file alone: node scripts/bill-of-materials.mjs.
 *
 * `npm sbom --omit=dev` in the repository leaves out a package that a development tool needs as well, so it is asked about a
 * project that has no development tools.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

const { devDependencies: _, ...manifest } = read('package.json')
const lock = read('package-lock.json')
const shipped = Object.entries(lock.packages).filter(([, { dev }]) => dev !== true)
const packages = Object.fromEntries(shipped)
packages[''] = { ...packages[''], devDependencies: {} }

const directory = mkdtempSync(join(tmpdir(), 'flavor-license-materials-'))
// npm calls the subject after its folder.
const project = join(directory, manifest.name)
try {
  mkdirSync(project)
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest))
  writeFileSync(join(project, 'package-lock.json'), JSON.stringify({ ...lock, packages }))
  const words = ['sbom', '--sbom-format', 'cyclonedx', '--sbom-type', 'library', '--package-lock-only']
  process.stdout.write(execFileSync('npm', words, { cwd: project, encoding: 'utf8' }))
} finally {
  rmSync(directory, { recursive: true })
}
