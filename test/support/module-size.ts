import { gzipSync } from 'node:zlib'
import { build, type Plugin } from 'esbuild'
import { withoutNeedlessParts } from '../../scripts/bundling/needless-parts.js'

export interface ModuleSize {
  /** Minified and gzipped. */
  readonly gzipBytes: number
  /** Paths of the sources. */
  readonly sources: readonly string[]
  /** What is imported from outside: Node's modules, or packages. */
  readonly imports: readonly string[]
}

/** What an `import()` asks for is loaded later, if ever. */
const withoutLater: Plugin = {
  name: 'without-later',
  setup: ({ onResolve }) =>
    onResolve({ filter: /.*/ }, ({ kind, path }) => (kind === 'dynamic-import' ? { path, external: true } : undefined)),
}

/** What `import` of a module loads at once. */
export const startSize = (entry: string): Promise<ModuleSize> => measure(entry, [withoutLater])

/** All that a module can ever load. */
export const wholeSize = (entry: string): Promise<ModuleSize> => measure(entry, [])

/** @param entry - Path of the module's source, from the root of the repository. */
async function measure(entry: string, plugins: Plugin[]): Promise<ModuleSize> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    write: false,
    metafile: true,
    // The dependencies of the package are installed beside it and are no part of it.
    external: ['undici', 'tweetnacl', 'env-paths', 'proper-lockfile'],
    plugins: [...plugins, withoutNeedlessParts],
    logLevel: 'error',
  })
  const [output] = Object.values(metafile.outputs)
  const contents = outputFiles.map((file) => file.contents)
  return {
    gzipBytes: gzipSync(Buffer.concat(contents)).length,
    sources: Object.keys(output?.inputs ?? {}),
    imports: (output?.imports ?? []).flatMap(({ path, kind }) => (kind === 'dynamic-import' ? [] : [path])),
  }
}
