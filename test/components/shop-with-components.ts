import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { onTestFinished } from 'vitest'
import { createLicenseClient, type LicenseClient, type LicenseClientOptions } from '../../src/index.js'
import type { LocalHub } from '../process/support/local-hub.js'
import { type ZipEntry, zipOf } from '../support/zip-builder.js'

export const slug = 'card-payments'

/** A product with a license, on a machine of its own, and a place for its components. */
export interface ShopWithComponents {
  readonly license: LicenseClient
  readonly key: string
  /** Where the license's records are. */
  readonly data: string
  /** Where the components are. */
  readonly directory: string
  /** Everything else that an archive might reach: the directory that both are in. */
  readonly machine: string
  /** What the product gives its client. */
  readonly options: LicenseClientOptions
  /** The product started anew. */
  restart(options?: Partial<LicenseClientOptions>): LicenseClient
}

/** @param atEnd - Takes what is to be done when the shop is not needed any more; that is, the end of the test. */
export async function openShop(
  hub: LocalHub,
  atEnd: (end: () => Promise<void>) => void = onTestFinished,
): Promise<ShopWithComponents> {
  const machine = mkdtempSync(join(tmpdir(), 'flavor-license-shop-'))
  atEnd(() => rm(machine, { recursive: true, force: true }))
  const data = join(machine, 'data')
  const directory = join(machine, 'product', 'components')
  mkdirSync(join(machine, 'product'))
  const options: LicenseClientOptions = {
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    // Tests ask more often than a product may.
    hub: { url: hub.url, trustedKeys: hub.emulator.keys, limits: { component: { limit: 10_000 } } },
    directory: data,
    components: { directory },
  }
  const restart = (changes: Partial<LicenseClientOptions> = {}) => started({ ...options, ...changes }, atEnd)
  const license = restart()
  const key = hub.newLicense()
  await license.activate(key)
  return { license, key, data, directory, machine, options, restart }
}

/** A client that is closed in the end. */
export function started(
  options: LicenseClientOptions,
  atEnd: (end: () => Promise<void>) => void = onTestFinished,
): LicenseClient {
  const license = createLicenseClient(options)
  atEnd(() => license.close())
  return license
}

/** What a version of the sample component holds. */
export function versionFiles(version: string): readonly ZipEntry[] {
  return [
    { name: 'manifest.json', content: JSON.stringify({ version }) },
    { name: 'lib/', mode: 0o040755 },
    { name: 'lib/index.js', content: `export const version = '${version}'\n`.repeat(50) },
    { name: 'bin/run', content: '#!/bin/sh\n', mode: 0o100755 },
  ]
}

/** Publishes an archive of the sample component at the hub. */
export function publish(
  { emulator }: LocalHub,
  version: string,
  content: Uint8Array = zipOf(versionFiles(version)),
  more: { readonly requiresProduct?: string; readonly component?: string } = {},
): void {
  emulator.addRelease({ product: 'flavor-starter', component: slug, version, content, ...more })
}

/** All files below a directory, by relative path. */
export function filesIn(directory: string): Readonly<Record<string, string>> {
  const root = realpathSync(directory)
  const files = readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  return Object.fromEntries(files.map((path) => [relative(root, path), readFileSync(path, 'utf8')]))
}

/** The version that lies complete in a component's directory. Anything else there is an error. */
export function versionIn(component: string): string {
  const { version }: { readonly version: string } = JSON.parse(readFileSync(join(component, 'manifest.json'), 'utf8'))
  const expected = versionFiles(version).filter(({ name }) => !String(name).endsWith('/'))
  const complete = Object.fromEntries(expected.map(({ name, content }) => [String(name), String(content)]))
  if (isDeepStrictEqual(filesIn(component), complete)) return version
  throw new Error(`The component is neither one version nor another: ${Object.keys(filesIn(component)).join(', ')}`)
}

/** The folders of the versions that are kept of the sample component, for whichever license. */
export function foldersOf(directory: string): readonly string[] {
  const hidden = join(directory, '.flavor-license')
  return readdirSync(hidden).flatMap((scope) => {
    const versions = join(hidden, scope, slug)
    return existsSync(versions) ? readdirSync(versions) : []
  })
}
