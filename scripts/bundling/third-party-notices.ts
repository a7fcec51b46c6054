import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Metafile } from 'esbuild'

/** A package of which something is in what is published. */
export interface BundledPackage {
  readonly name: string
  readonly version: string
  /** As its manifest names it, an SPDX identifier. */
  readonly license: string
  /** The texts of its license and of its notice, if it has one. */
  readonly terms: string
}

/** @param metafile - What esbuild has bundled, with paths from the working directory. */
export function bundledPackages(metafile: Metafile): readonly BundledPackage[] {
  const directories = new Set<string>()
  for (const { inputs } of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
      const [directory] = /^.*\/node_modules\/(?:@[^/]+\/)?[^/]+/.exec(`/${path}`) ?? []
      if (directory !== undefined && bytesInOutput > 0) directories.add(resolve(directory.slice(1)))
    }
  }
  return [...directories].map(readPackage).sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version))
}

function readPackage(directory: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  const files = readdirSync(directory).filter((file) => /^(?:licen[cs]e|copying|notice)(?:[.-].*)?$/i.test(file))
  if (files.length === 0) throw new Error(`${name} ${version} is bundled and has no license text.`)
  const terms = files.sort().map((file) => readFileSync(join(directory, file), 'utf8').trim())
  return { name, version, license, terms: terms.join('\n\n') }
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

const line = '-'.repeat(80)

/** The text that goes with what is published. Packages with the same terms, to the letter, share them. */
export function thirdPartyNotices(packages: readonly BundledPackage[]): string {
  const sections = [...new Set(packages.map(({ terms }) => terms))].map((terms) => {
    const sharing = packages.filter((each) => each.terms === terms)
    const names = sharing.map(({ name, version, license }) => `${name} ${version} (${license})`)
    return `${line}\n${names.join('\n')}\n${line}\n\n${terms}\n`
  })
  return `The files in dist/ contain code of the following packages, under these terms.\n\n${sections.join('\n')}`
}
