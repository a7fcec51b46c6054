import { build } from 'esbuild'

/** What `import source from './file.js?bundled'` gives: the text of one minified script for browsers. */
export const bundledQuery: RegExp = /\?bundled$/

/** @param path - The TypeScript file that the script begins with. */
export async function bundledScript(path: string): Promise<string> {
  const { outputFiles, metafile } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    format: 'esm',
    target: 'es2022',
  })
  // The notices name what is in our own bundle; a package in here would be missing from them.
  const foreign = Object.keys(metafile.inputs).find((input) => input.includes('node_modules/'))
  if (foreign !== undefined) throw new Error(`A script for browsers bundles no package, but ${path} brings ${foreign}.`)
  return outputFiles.map(({ text }) => text).join('')
}

/** The file that a request for a bundled script means. */
export function sourceFile(request: string): string {
  return request.replace(bundledQuery, '').replace(/\.js$/, '.ts')
}
