import { entryPoints } from './scripts/bundling/entry-points.mjs'

/** What is published, from the modules that tsup has made: both module systems, as an author should not have to care. */
function published(names, format, extension) {
  return {
    input: Object.fromEntries(names.map((name) => [name, `build/${name}.js`])),
    external: /^[^./]/,
    treeshake: { moduleSideEffects: 'no-external' },
    output: {
      dir: 'dist',
      format,
      entryFileNames: `[name].${extension}`,
      chunkFileNames: `[name].${extension}`,
      hoistTransitiveImports: false,
      minifyInternalExports: false,
      // Each file that the start of a product loads costs it a part of a millisecond: what the main module imports is one.
      manualChunks: { start: ['build/index.js'] },
    },
  }
}

export default [published([...entryPoints, 'cli'], 'es', 'js'), published(entryPoints, 'cjs', 'cjs')]
