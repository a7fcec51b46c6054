import { readdirSync, readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { bundledQuery, bundledScript, sourceFile } from './scripts/bundling/bundled-script.js'

/** The rooms without a disk, a network or a clock, each wholly covered by its own tests. */
const pure = ['test/domain/**/*.test.ts', 'test/protocol/**/*.test.ts']
/** They put something else in the place of a module, so that each needs modules of its own; all others share them. */
const replacing = testFiles().filter((file) => /\bvi\.(?:mock|doMock)\(/.test(readFileSync(file, 'utf8')))
/** They start processes of their own. */
const inProcesses = ['test/process/**/*.test.ts', 'test/redis/**/*.test.ts']
/** They measure what processes do in real time: one file has the machine to itself. */
const inRealTime = ['test/process/budget/**/*.test.ts', 'test/redis/**/*.test.ts']
const all = ['test/**/*.test.ts']

/** Most wait now and then, for a file, a socket or a browser. */
const atOnce = { maxWorkers: availableParallelism() + 1, sequence: { groupOrder: 1 } }

const config: ViteUserConfig = defineConfig({
  plugins: [
    {
      name: 'bundled-scripts',
      enforce: 'pre',
      resolveId: (source, importer) =>
        bundledQuery.test(source) && importer !== undefined ? resolve(dirname(importer), source) : undefined,
      load: async (id) =>
        bundledQuery.test(id) ? `export default ${JSON.stringify(await bundledScript(sourceFile(id)))}` : undefined,
    },
  ],
  test: {
    testTimeout: 30_000,
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false, ...atOnce } },
      {
        extends: true,
        test: {
          name: 'together',
          include: all,
          exclude: [...pure, ...inProcesses, ...replacing],
          isolate: false,
          ...atOnce,
        },
      },
      { extends: true, test: { name: 'replacing', include: replacing, ...atOnce } },
      {
        extends: true,
        test: {
          name: 'processes',
          include: inProcesses,
          exclude: inRealTime,
          maxWorkers: availableParallelism(),
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: { name: 'real time', include: inRealTime, maxWorkers: 1, sequence: { groupOrder: 3 } },
      },
    ],
    coverage: {
      provider: 'v8',
      include: ['src/domain/**', 'src/protocol/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
})

function testFiles(): readonly string[] {
  return readdirSync('test', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
}

export default config
