import { writeFile } from 'node:fs/promises'

/** What an ES module lacks for the CommonJS packages in it. */
const require =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);"

async function byEsbuild({ run }, program, outfile, words) {
  const shape = ['--bundle', '--platform=node', '--format=esm', ...words]
  await run('npx', ['esbuild', program, ...shape, `--outfile=${outfile}`, '--log-level=error'])
  return outfile
}

async function byRollup({ run, path }, program, outfile, format, external) {
  // undici asks for node:sqlite where there is one; an import would fail where there is none.
  await writeFile(
    path('rollup.config.mjs'),
    `import commonjs from '@rollup/plugin-commonjs'
     import json from '@rollup/plugin-json'
     import resolve from '@rollup/plugin-node-resolve'
     export default {
       input: '${program}',
       output: { file: '${outfile}', format: '${format}', inlineDynamicImports: true },
       external: ${external},
       plugins: [resolve({ preferBuiltins: true, exportConditions: ['node'] }), commonjs({ ignore: ['node:sqlite'] }), json()],
       onwarn() {},
     }`,
  )
  await run('npx', ['rollup', '--config', 'rollup.config.mjs', '--silent'])
  return outfile
}

/** By bundler: makes one file of a product and of all that it imports, and answers its name. */
export const bundlers = {
  esbuild: (project) => byEsbuild(project, 'life.mjs', 'bundle-esbuild.mjs', [`--banner:js=${require}`]),
  rollup: (project) => byRollup(project, 'life.cjs', 'bundle-rollup.cjs', 'cjs', '[]'),
  async webpack({ run, path }) {
    const outfile = 'bundle-webpack.cjs'
    await writeFile(
      path('webpack.config.cjs'),
      `module.exports = {
         mode: 'production', target: 'node', entry: './life.cjs', optimization: { minimize: false },
         output: { path: __dirname, filename: '${outfile}' },
         plugins: [new (require('webpack').optimize.LimitChunkCountPlugin)({ maxChunks: 1 })],
       }`,
    )
    await run('npx', ['webpack', '--config', 'webpack.config.cjs'])
    return outfile
  },
}

/** The same of a product that leaves undici to Node. None of it may be loaded before it is needed, nor more than that. */
export const bundlersBesideUndici = {
  'an ES module by esbuild': (project) =>
    byEsbuild(project, 'undici-parts.mjs', 'beside-esbuild.mjs', ['--external:undici']),
  'an ES module by rollup': (project) =>
    byRollup(project, 'undici-parts.mjs', 'beside-rollup.mjs', 'es', '/^undici(?:\\/|$)/'),
  'a CommonJS module by rollup': (project) =>
    byRollup(project, 'undici-parts.mjs', 'beside-rollup.cjs', 'cjs', '/^undici(?:\\/|$)/'),
}
