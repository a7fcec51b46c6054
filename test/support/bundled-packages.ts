import { readFileSync } from 'node:fs'

/** The packages of which something is in a published file, as the bundler has noted where each part comes from. */
export function bundledPackagesIn(file: string): readonly string[] {
  const text = readFileSync(new URL(`../../dist/${file}`, import.meta.url), 'utf8')
  return [...text.matchAll(/^\/\/ .*\bnode_modules\/((?:@[\w.-]+\/)?[\w.-]+)\//gm)].map(([, name = '']) => name)
}
