import { dirname, resolve } from 'node:path'
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { bundledQuery, bundledScript, sourceFile } from './scripts/bundling/bundled-script.js'

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
    include: ['test/**/*.test.ts'],
    testTimeout: 30_000,
    coverage: {
      provider: 'v8',
      include: ['src/domain/**', 'src/protocol/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { branches: 100, functions: 100, lines: 100, statements: 100 },
    },
  },
})

export default config
