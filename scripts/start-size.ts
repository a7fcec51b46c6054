import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** What `import 'flavor-license'` brings in at once; everything else is loaded when it is asked for. */
export interface StartSize {
  /** Minified and gzipped. */
  readonly gzipBytes: number
  /** Paths of the sources. */
  readonly sources: readonly string[]
  /** What is imported from outside: Node's modules, or packages. */
  readonly imports: readonly string[]
}

/** @param entry - Path of the main module's source, from the root of the repository. */
export async function startSize(entry: string): Promise<StartSize> {
  const { outputFiles, metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    outdir: 'size',
    write: false,
    metafile: true,
    // The dependencies of the package are installed beside it and are no part of it.
    external: ['undici', 'tweetnacl', 'env-paths', 'proper-lockfile'],
    logLevel: 'error',
  })
  const outputs = new Map(Object.entries(metafile.outputs))
  const needed = new Set([...outputs].filter(([, { entryPoint }]) => entryPoint === entry).map(([name]) => name))
  const imports = new Set<string>()
  // A set grows while it is walked, so that what an imported chunk imports is reached too.
  for (const name of needed) {
    for (const { path, kind, external } of outputs.get(name)?.imports ?? []) {
      if (kind === 'import-statement') (external ? imports : needed).add(path)
    }
  }
  const files = outputFiles.filter(({ path }) => [...needed].some((name) => path.endsWith(name)))
  return {
    gzipBytes: gzipSync(Buffer.concat(files.map(({ contents }) => contents))).length,
    sources: [...needed].flatMap((name) => Object.keys(outputs.get(name)?.inputs ?? {})),
    imports: [...imports],
  }
}
