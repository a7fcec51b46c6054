import { entryPoints } from './scripts/bundling/entry-points.mjs'
import { placeInFiles } from './scripts/bundling/published-files.mjs'

/** What is used of undici is published twice, for Node and for bundlers: `imports` in package.json says which is whose. */
const undiciParts = '#undici-parts'

/** Leaves the choice to whoever loads the package. */
const chosenParts = {
  name: 'chosen-parts',
  resolveId: (source) => (source === './undici-parts.js' ? { id: undiciParts, external: true } : null),
}

/**
 * Node's `import` reads a CommonJS file for its names before it runs it, which costs milliseconds; `require` does not. A
 * bundler takes a `require` for something that is needed at the start, even where it leaves it to Node.
 */
function required(rendering) {
  return { name: 'required', renderDynamicImport: rendering }
}

const asItIs = { left: 'Promise.resolve().then(() => require(', right: '))' }
const asDefault = { left: 'Promise.resolve().then(() => ({ default: require(', right: ') }))' }

/** What is published, from the modules that tsup has made: both module systems, as an author should not have to care. */
function published(names, format, extension, plugins, output) {
  return {
    input: Object.fromEntries(names.map((name) => [name, `build/${name}.js`])),
    external: /^[^./]/,
    plugins,
    treeshake: { moduleSideEffects: 'no-external' },
    output: {
      dir: 'dist',
      format,
      entryFileNames: `[name].${extension}`,
      // Of a package that is replaced under a running product, an old file may load a new one: it does not find in it
      // what esbuild has named by a hash of the content, and the call is deferred.
      chunkFileNames: `[name].${extension}`,
      hoistTransitiveImports: false,
      minifyInternalExports: false,
      ...output,
    },
  }
}

const client = { manualChunks: placeInFiles() }

export default [
  published([...entryPoints, 'cli'], 'es', 'js', [chosenParts], client),
  published(
    entryPoints,
    'cjs',
    'cjs',
    [chosenParts, required(({ targetModuleId }) => (targetModuleId === undiciParts ? asItIs : null))],
    client,
  ),
  published(['undici-parts'], 'es', 'js', []),
  published(['undici-parts'], 'cjs', 'cjs', [required(() => asDefault)]),
]
