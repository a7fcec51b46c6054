import { entryPoints } from './scripts/bundling/entry-points.mjs'
import { publishedFile } from './scripts/bundling/published-files.mjs'

/** Published as CommonJS alone: see there. */
const commonModule = 'undici-parts'

const inputs = (names) => Object.fromEntries(names.map((name) => [name, `build/${name}.js`]))
const isCommonModule = (id) => id.endsWith(`/${commonModule}.js`)

/** Node's `import` reads a CommonJS file for its names before it runs it; `require` runs it. */
const requiredParts = {
  name: 'required-parts',
  renderDynamicImport({ moduleId }) {
    return isCommonModule(moduleId)
      ? { left: 'Promise.resolve().then(() => ({ default: require(', right: ') }))' }
      : null
  },
}

/** What is published, from the modules that tsup has made: both module systems, as an author should not have to care. */
function published(format, extension, { input, external, plugins = [] }) {
  return {
    input,
    external,
    plugins,
    treeshake: { moduleSideEffects: 'no-external' },
    output: {
      dir: 'dist',
      format,
      entryFileNames: `[name].${extension}`,
      chunkFileNames: `[name].${extension}`,
      hoistTransitiveImports: false,
      minifyInternalExports: false,
      paths: (id) => (isCommonModule(id) ? `./${commonModule}.cjs` : id),
      manualChunks: publishedFile(),
    },
  }
}

const isPackage = (id) => /^[^./]/.test(id)

export default [
  published('es', 'js', {
    input: inputs([...entryPoints, 'cli']),
    external: (id) => isPackage(id) || isCommonModule(id),
  }),
  published('cjs', 'cjs', {
    input: inputs([...entryPoints, commonModule]),
    external: isPackage,
    plugins: [requiredParts],
  }),
]
