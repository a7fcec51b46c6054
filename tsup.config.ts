import { writeFile } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, relative, resolve } from 'node:path'
import type { Options } from 'tsup'
import { bundledQuery, bundledScript, sourceFile } from './scripts/bundling/bundled-script.js'
import { withoutNeedlessParts } from './scripts/bundling/needless-parts.js'
import { bundledPackages, thirdPartyNotices } from './scripts/bundling/third-party-notices.js'

type Plugin = NonNullable<Options['esbuildPlugins']>[number]

/**
 * A CommonJS package in an ES module bundle cannot call `require`, so its calls for Node's own modules become
 * `process.getBuiltinModule`.
 *
 * proper-lockfile asks for graceful-fs, which patches `process` and `fs`, and for signal-exit, which adds listeners to
 * the host's process. An embedded library may do neither: the first becomes plain `node:fs`, the second nothing.
 */
const embeddablePackages: Plugin = {
  name: 'embeddable-packages',
  setup(build) {
    const namespace = 'embeddable'
    build.onResolve({ filter: /.*/ }, ({ path, kind, namespace: from }) => {
      if (kind !== 'require-call' || from === namespace) return undefined
      if (path === 'graceful-fs') return { path: 'node:fs', namespace }
      if (path === 'signal-exit') return { path, namespace }
      return isBuiltin(path) ? { path: path.startsWith('node:') ? path : `node:${path}`, namespace } : undefined
    })
    build.onLoad({ filter: /.*/, namespace }, ({ path }) => {
      if (path === 'signal-exit') return { contents: 'module.exports = () => () => {}', loader: 'js' }
      // As `require` gives it: a namespace of imports would lack what cannot be named, such as being a class itself.
      return { contents: `module.exports = process.getBuiltinModule('${path}')`, loader: 'js' }
    })
  },
}

/** Scripts for browsers, as text in the module that serves them. */
const bundledScripts: Plugin = {
  name: 'bundled-scripts',
  setup(build) {
    const namespace = 'bundled-script'
    build.onResolve({ filter: bundledQuery }, ({ path, importer }) => ({
      // It becomes a comment in the bundle, which is to be the same wherever it is built.
      path: relative('', sourceFile(resolve(dirname(importer), path))),
      namespace,
    }))
    build.onLoad({ filter: /.*/, namespace }, async ({ path }) => ({
      contents: await bundledScript(path),
      loader: 'text',
    }))
  },
}

/** The terms of all packages that are bundled, whichever they are. */
const notices: Plugin = {
  name: 'third-party-notices',
  setup(build) {
    build.onEnd(async ({ metafile }) => {
      if (metafile) await writeFile('THIRD_PARTY_NOTICES', thirdPartyNotices(bundledPackages(metafile)))
    })
  },
}

/** The entry points that `exports` in package.json names. */
const library = {
  index: 'src/index.ts',
  emulator: 'src/emulator/index.ts',
  issuing: 'src/issuing/index.ts',
  panel: 'src/panel/index.ts',
  portal: 'src/portal/index.ts',
  redis: 'src/adapters/redis/index.ts',
  testing: 'src/testing/index.ts',
}

/**
 * The code, from TypeScript and packages to ES modules in `build/`; rollup.config.js makes of them what is published.
 * `build/metafile-esm.json` tells what is in them.
 */
const code: Options = {
  entry: { ...library, cli: 'src/cli/main.ts', 'undici-parts': 'src/adapters/undici-parts.ts' },
  outDir: 'build',
  format: ['esm'],
  target: 'node20',
  platform: 'node',
  splitting: true,
  metafile: true,
  removeNodeProtocol: false,
  noExternal: ['proper-lockfile'],
  esbuildPlugins: [withoutNeedlessParts, embeddablePackages, bundledScripts, notices],
}

/** The command line is a program and has no types. */
const types: Options = { entry: library, outDir: 'dist', format: ['esm', 'cjs'], dts: { only: true } }

const config: Options[] = [code, types]

export default config
