import { readFileSync } from 'node:fs'

const { exports } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'))
const library = Object.values(exports).flatMap(
  (entry) => /^\.\/dist\/(\w+)\.js$/.exec(entry.import?.default)?.[1] ?? [],
)

/** What is published, from the modules that tsup has made: both module systems, because an author should not have to care. */
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

export default [published([...library, 'cli'], 'es', 'js'), published(library, 'cjs', 'cjs')]
