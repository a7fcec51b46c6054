import type { Options } from 'tsup'

const shared: Options = {
  target: 'node20',
  platform: 'node',
  sourcemap: false,
  minify: false,
  splitting: true,
  treeshake: true,
  clean: false,
}

/** Both module systems from one source: a product's author should not have to care which one theirs is. */
const library: Options = {
  ...shared,
  entry: { index: 'src/index.ts', emulator: 'src/emulator/index.ts' },
  format: ['esm', 'cjs'],
  dts: true,
}

/** The command line is a program, not a library: one module system, no types. */
const program: Options = {
  ...shared,
  entry: { cli: 'src/cli/main.ts' },
  format: ['esm'],
  // Bundled CommonJS packages require Node's own modules, which an ES module cannot do without this.
  banner: {
    js: [
      '#!/usr/bin/env node',
      "import { createRequire as createModuleRequire } from 'node:module'",
      'const require = createModuleRequire(import.meta.url)',
    ].join('\n'),
  },
}

const config: Options[] = [library, program]

export default config
