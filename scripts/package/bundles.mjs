import { writeFile } from 'node:fs/promises'

/** What an ES module lacks for the CommonJS packages in it. */
const require =
  "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);"

/** By bundler: makes one file of the program and of all that it imports, and answers its name. */
export const bundlers = {
  async esbuild({ run }) {
    const outfile = 'bundle-esbuild.mjs'
    const shape = ['--bundle', '--platform=node', '--format=esm', `--banner:js=${require}`]
    await run('npx', ['esbuild', 'life.mjs', ...shape, `--outfile=${outfile}`, '--log-level=error'])
    return outfile
  },
  async rollup({ run, path }) {
    const outfile = 'bundle-rollup.cjs'
    // undici asks for node:sqlite where there is one; an import would fail where there is none.
    await writeFile(
      path('rollup.config.mjs'),
      `import commonjs from '@rollup/plugin-commonjs'
       import json from '@rollup/plugin-json'
       import resolve from '@rollup/plugin-node-resolve'
       export default {
         input: 'life.cjs',
         output: { file: '${outfile}', format: 'cjs', inlineDynamicImports: true },
         plugins: [resolve({ preferBuiltins: true, exportConditions: ['node'] }), commonjs({ ignore: ['node:sqlite'] }), json()],
         onwarn() {},
       }`,
    )
    await run('npx', ['rollup', '--config', 'rollup.config.mjs', '--silent'])
    return outfile
  },
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
