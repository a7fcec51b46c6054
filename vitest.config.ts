import { availableParallelism } from 'node:os'
import { dirname, resolve } from 'node:path'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { bundledQuery, bundledScript, sourceFile } from './scripts/bundling/bundled-script.js'

/** Their files hold functions alone, which no test changes: they are loaded once for all of them. */
const pure = ['test/domain/**/*.test.ts', 'test/protocol/**/*.test.ts']
/** They start processes of their own, and measure what these do in real time: one file has the machine to itself. */
const inProcesses = ['test/process/**/*.test.ts', 'test/redis/**/*.test.ts']
const all = ['test/**/*.test.ts']
const atOnce = { maxWorkers: availableParallelism(), sequence: { groupOrder: 1 } }

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
      { extends: true, test: { name: 'rest', include: all, exclude: [...pure, ...inProcesses], ...atOnce } },
      {
        extends: true,
        test: { name: 'processes', include: inProcesses, maxWorkers: 1, sequence: { groupOrder: 2 } },
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

export default config
