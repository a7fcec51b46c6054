/**
 * The package as it is published, in an empty project: node scripts/package-matrix.mjs [--versions 20,22,24,26].
 * Packs what `npm run build` has built, installs it and runs it: under each Node, by both module systems, under Bun and
 * Deno, in bundles, threads and clusters, beside other copies of itself, under Node's restrictions, and with a hub and a
 * record that attack the prototypes of the host. Exits with 1 when anything fails.
 */
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { bundlers, bundlersBesideUndici } from './package/bundles.mjs'
import { check, report, requireThat } from './package/checks.mjs'
import { createProject, pack } from './package/project.mjs'
import { hasRuntimes, nodePackage, nodeProgram, nodeVersions, runtimesBesideNode } from './programs/runtimes.mjs'

const { values } = parseArgs({ options: { versions: { type: 'string' } } })
const versions = hasRuntimes ? nodeVersions(values.versions) : []
const besideNode = hasRuntimes ? runtimesBesideNode : []
const programs = 'scripts/package/programs'
const tools = [
  '@arethetypeswrong/cli@0.18.5',
  '@rollup/plugin-commonjs@29.0.0',
  '@rollup/plugin-json@6.1.0',
  '@rollup/plugin-node-resolve@16.0.3',
  '@types/node@20.19.43',
  'esbuild@0.27.7',
  'publint@0.3.25',
  'rollup@4.68.8',
  'typescript@5.9.3',
  'webpack@5.113.0',
  'webpack-cli@6.0.1',
]
const directory = await mkdtemp(join(tmpdir(), 'flavor-license-pack-'))
const packed = await pack(directory)
const later = await pack(directory, '0.99.0')
const { budget, version: own } = JSON.parse(await readFile(new URL('../package.json', import.meta.url), 'utf8'))
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
  ...versions.map(nodePackage),
  ...besideNode.map((runtime) => runtime.package),
  ...tools,
])
const nodes = [
  [process.version, process.execPath],
  ...versions.map((version) => [version, nodeProgram(project.directory, version)]),
]
const restrictions = ['--frozen-intrinsics', '--disallow-code-generation-from-strings']
for (const [version, node] of nodes) {
  await check(`Node ${version}: a life by import`, () => project.run(node, ['life.mjs']))
  await check(`Node ${version}: a life by require`, () => project.run(node, ['life.cjs']))
  await check(`Node ${version}: every subpath by both`, () => project.run(node, ['subpaths.mjs']))
  await check(`Node ${version}: frozen, and no code from strings`, () =>
    project.run(node, [...restrictions, 'life.mjs']),
  )
  await check(`Node ${version}: the command line`, async () => {
    const { stdout } = await project.run(node, [project.path('node_modules', '.bin', 'flavor-license'), '--version'])
    requireThat(stdout.trim() === own, `It says ${stdout}.`)
  })
  await check(`Node ${version}: no undici beside the package's`, () =>
    project.run(process.execPath, ['beside-node.mjs', node, 'own-undici.mjs']),
  )
}
for (const { name, program, words } of besideNode) {
  for (const life of ['life.mjs', 'life.cjs']) {
    await check(`${name}: ${life}, with the hub in Node`, () =>
      project.run(process.execPath, ['beside-node.mjs', project.path(...program), ...words, life]),
    )
  }
}
for (const name of ['worker-threads', 'cluster', 'two-copies', 'undici-parts', 'polluted', 'poisoned']) {
  await check(name.replace('-', ' '), () => project.run(process.execPath, [`${name}.mjs`]))
}
// From version 25 on, the network is a permission as well.
const permissions = { 22: [], 24: [], 26: ['--allow-net'] }
for (const version of versions.filter((name) => Object.hasOwn(permissions, name))) {
  await check(`Node ${version} with permission for its directory alone`, async () => {
    const life = await mkdtemp(join(tmpdir(), 'flavor-license-permitted-'))
    const granted = [`--allow-fs-read=${project.directory}`, `--allow-fs-read=${life}`, `--allow-fs-write=${life}`]
    const env = { ...process.env, LIFE_DIRECTORY: life }
    for (const program of ['life.mjs', 'life.cjs']) {
      const words = ['--permission', ...granted, ...permissions[version], program]
      await project.run(nodeProgram(project.directory, version), words, { env })
    }
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
for (const [name, bundle] of Object.entries(bundlersBesideUndici)) {
  await check(`undici beside ${name}`, async () => project.run(process.execPath, [await bundle(project)]))
}
// The same program as an ES module and as CommonJS, which has types of its own.
await copyFile(project.path('types.ts'), project.path('types.cts'))
for (const [module, moduleResolution, ...files] of [
  ['node16', 'node16', 'types.ts', 'types.cts'],
  ['nodenext', 'nodenext', 'types.ts', 'types.cts'],
  ['esnext', 'bundler', 'types.ts'],
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
      ...files,
    ]),
  )
}
await check('publint', () => project.run('npx', ['publint', '--strict', packed.tarball]))
// What does not know `exports` (TypeScript's resolution for Node 10) finds the main entry alone.
await check('are the types wrong', () => project.run('npx', ['attw', '--profile', 'node16', packed.tarball]))
await project.remove()
await rm(directory, { recursive: true })

report()
