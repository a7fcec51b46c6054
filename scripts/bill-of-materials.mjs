/**
 * Prints what a product gets with this package, as CycloneDX: node scripts/bill-of-materials.mjs. What npm installs is
 * taken from the lock file, what is bundled from THIRD_PARTY_NOTICES.
 *
 * `npm sbom --omit=dev` in the repository leaves out a package that a development tool needs as well, so it is asked about a
 * project that has no development tools.
 */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const read = (name) => readFileSync(new URL(`../${name}`, import.meta.url), 'utf8')

const { devDependencies: _, ...manifest } = JSON.parse(read('package.json'))
const lock = JSON.parse(read('package-lock.json'))
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
  const installed = JSON.parse(execFileSync('npm', words, { cwd: project, encoding: 'utf8' }))
  console.log(JSON.stringify(withBundled(installed), null, 2))
} finally {
  rmSync(directory, { recursive: true })
}

/** Nobody's `npm audit` sees what is bundled: this bill is where an advisory can be looked up for it. */
function withBundled({ components, dependencies, ...bill }) {
  const listed = new Set(components.map(({ purl }) => purl))
  const bundled = [...read('THIRD_PARTY_NOTICES').matchAll(/^(\S+) (\d\S*) \((.+)\)$/gm)]
    .map(([, name, version, license]) => ({
      'bom-ref': `${name}@${version}`,
      type: 'library',
      name,
      version,
      scope: 'required',
      purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
      properties: [{ name: 'cdx:npm:package:bundled', value: 'true' }],
      licenses: [{ license: { id: license } }],
    }))
    .filter(({ purl }) => !listed.has(purl))
  const references = bundled.map((component) => component['bom-ref'])
  const own = bill.metadata.component['bom-ref']
  return {
    ...bill,
    components: [...components, ...bundled],
    dependencies: [
      ...dependencies.map((each) =>
        each.ref === own ? { ...each, dependsOn: [...each.dependsOn, ...references] } : each,
      ),
      ...references.map((ref) => ({ ref, dependsOn: [] })),
    ],
  }
}
