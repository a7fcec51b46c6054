/**
 * Writes docs/reference/, what is said in the sources about each public name. With --check it writes nothing and fails
 * when a page is out of date. Fails as well where a public name is not described, or leads to one that is not public.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Application, OptionDefaults } from 'typedoc'

const root = fileURLToPath(new URL('..', import.meta.url))
const place = join(root, 'docs/reference')
const check = process.argv.includes('--check')
const out = check ? await mkdtemp(join(tmpdir(), 'flavor-license-reference-')) : place

const rooms = ['emulator', 'issuing', 'panel', 'portal', 'adapters/redis', 'testing']
const reference = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: ['src/index.ts', ...rooms.map((room) => `src/${room}/index.ts`)].map((path) => join(root, path)),
  tsconfig: join(root, 'tsconfig.json'),
  out,
  name: 'Reference',
  readme: 'none',
  router: 'module',
  entryFileName: 'README',
  sort: ['kind', 'source-order'],
  // Where a name stands in the sources is no business of whoever uses it, and would change with every line above it.
  disableSources: true,
  excludeInternal: true,
  excludeExternals: true,
  sortEntryPoints: false,
  // One tag for one thing, and that the standard's: `@default` is refused as unknown.
  blockTags: OptionDefaults.blockTags.filter((tag) => tag !== '@default'),
  jsDocCompatibility: { defaultTag: false },
  validation: { notExported: true, invalidLink: true, notDocumented: true },
  requiredToBeDocumented: ['Module', 'Variable', 'Function', 'Class', 'Interface', 'TypeAlias'],
  // The labels of the panel are a list of their own, which grows with it.
  intentionallyNotExported: ['englishLabels'],
  treatWarningsAsErrors: true,
  treatValidationWarningsAsErrors: true,
  logLevel: 'Warn',
  hideBreadcrumbs: true,
  hidePageHeader: true,
  classPropertiesFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeDeclarationFormat: 'table',
  parametersFormat: 'table',
})

const project = await reference.convert()
if (project) reference.validate(project)
if (!project || reference.logger.hasErrors() || reference.logger.hasWarnings()) process.exit(1)
await reference.generateOutputs(project)

if (check) {
  const [fresh, kept] = await Promise.all([pagesIn(out), pagesIn(place)])
  const names = [...new Set([...fresh.keys(), ...kept.keys()])]
  const stale = names.filter((name) => fresh.get(name) !== kept.get(name))
  await rm(out, { recursive: true })
  if (stale.length > 0) {
    console.error(`The reference is out of date: ${stale.join(', ')}. Run npm run reference.`)
    process.exitCode = 1
  }
}

/** The text of each page, by its path. */
async function pagesIn(directory) {
  const files = await readdir(directory, { recursive: true, withFileTypes: true })
  const pages = files.filter((file) => file.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  return new Map(
    await Promise.all(pages.map(async (path) => [relative(directory, path), await readFile(path, 'utf8')])),
  )
}
