import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { bundledPackagesIn } from '../support/bundled-packages.js'

const root = new URL('../../', import.meta.url)
const notices = readFileSync(new URL('THIRD_PARTY_NOTICES', root), 'utf8')

/** Licenses that ask for no more than their text, if that: nothing for an author of a commercial product to think about. */
const permissive = ['0BSD', 'Apache-2.0', 'BlueOak-1.0.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT', 'Unlicense']

const published = new Set(
  readdirSync(new URL('dist/', root))
    .filter((file) => /\.c?js$/.test(file))
    .flatMap(bundledPackagesIn),
)

describe('notices of third parties', () => {
  const noticed = [...notices.matchAll(/^(\S+) \d\S* \((.+)\)$/gm)].map(([, name = '', license = '']) => ({
    name,
    license,
  }))

  it('name every package that is in the published files', () => {
    const names = noticed.map(({ name }) => name)
    expect(published).toContain('valibot')
    expect([...published].filter((name) => !names.includes(name))).toEqual([])
  })

  it('hold the terms of each', () => {
    const sections = notices.split(/^-{80}$/m).slice(1)
    const terms = sections.filter((_, index) => index % 2 === 1)
    expect(terms.length).toBeGreaterThan(5)
    for (const text of terms) expect(text).toMatch(/copyright[\s\S]+permission|permission[\s\S]+copyright/i)
  })

  it('hold no license but a permissive one', () => {
    expect(noticed.filter(({ license }) => !permissive.includes(license))).toEqual([])
  })
})

describe('dependencies', () => {
  interface Installed {
    readonly version?: string
    readonly dev?: boolean
    readonly license?: string
  }
  const { packages }: { readonly packages: Readonly<Record<string, Installed>> } = JSON.parse(
    readFileSync(new URL('package-lock.json', root), 'utf8'),
  )
  const installed = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true)
    .map(([path, { version, license = 'none' }]) => ({ name: path.replace(/^.*node_modules\//, ''), version, license }))

  it('have no license but a permissive one', () => {
    expect(installed.filter(({ license }) => !permissive.includes(license))).toEqual([])
  })

  it('are listed with their licenses in the documentation, all of them', () => {
    const page = readFileSync(new URL('docs/dependencies.md', root), 'utf8')
    const rows = [...page.matchAll(/^\| `([^`]+)` \| (\S+) \|/gm)].map(([, name, license]) => `${name}: ${license}`)
    expect(rows.sort()).toEqual(installed.map(({ name, license }) => `${name}: ${license}`))
  })

  it('are in the bill of materials in the versions that were tested, and so is what is bundled', () => {
    const script = fileURLToPath(new URL('scripts/bill-of-materials.mjs', root))
    const bill = JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' }))
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', metadata: { component: { name: 'flavor-license' } } })
    const components: readonly { readonly name: string; readonly purl: string }[] = bill.components
    const addresses = components.map(({ purl }) => purl)
    expect(addresses.slice(0, installed.length)).toEqual(
      installed.map(({ name, version }) => `pkg:npm/${name}@${version}`),
    )
    const { valibot } = manifest.devDependencies
    expect(addresses).toContain(`pkg:npm/valibot@${valibot}`)
    expect(addresses.filter((address, place) => addresses.indexOf(address) < place)).toEqual([])
    const names = components.map(({ name }) => name)
    expect([...published].filter((name) => !names.includes(name))).toEqual([])
    const [own]: readonly { readonly dependsOn: readonly string[] }[] = bill.dependencies
    expect(own?.dependsOn).toContain(`valibot@${valibot}`)
  })
})
