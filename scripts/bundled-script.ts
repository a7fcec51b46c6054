import { build } from 'esbuild'

/** What `import source from './file.js?bundled'` gives: the text of one minified script for browsers. */
export const bundledQuery: RegExp = /\?bundled$/

/** @param path - The TypeScript file that the script begins with. */
export async function bundledScript(path: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2022',
  })
  return outputFiles.map(({ text }) => text).join('')
}

/** The file that a request for a bundled script means. */
export function sourceFile(request: string): string {
  return request.replace(bundledQuery, '').replace(/\.js$/, '.ts')
}
