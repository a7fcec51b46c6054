import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeEach, expect, it } from 'vitest'
import { createLicenseClient, type LicenseClientOptions, type VerifyOptions } from '../../../src/index.js'
import { bundledPackagesIn } from '../../support/bundled-packages.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { localHub } from '../support/local-hub.js'
import { describeWhere } from '../support/machine.js'

const run = promisify(execFile)
const dist = fileURLToPath(new URL('../../../dist/', import.meta.url))
const product = fileURLToPath(new URL('../support/programs/starting-product.mjs', import.meta.url))
const hub = localHub()

interface Start {
  readonly verdict: string
  /** Files of this package, by name. */
  readonly own: readonly string[]
  /** Packages, by name: those that it opened a file of, and those that are bundled in the files of this package. */
  readonly packages: readonly string[]
}

describeWhere(['strace'], 'a product that starts with a fresh record', () => {
  let options: LicenseClientOptions
  beforeEach(async () => {
    const product = { slug: 'flavor-starter', version: '1.4.2' }
    options = {
      product,
      domain: 'mysite.com',
      hub: { url: hub.url, trustedKeys: hub.emulator.keys },
      directory: temporaryDirectory(),
    }
    const license = createLicenseClient(options)
    await license.activate(hub.newLicense())
    await license.close()
  })

  /** What the process of a product opens, as the system saw it: nothing that is loaded can hide from that. */
  async function start(moduleSystem: 'esm' | 'cjs', asking: VerifyOptions): Promise<Start> {
    const trace = join(temporaryDirectory(), 'trace')
    const entry = join(dist, moduleSystem === 'esm' ? 'index.js' : 'index.cjs')
    const words = ['-f', '-qq', '-s', '4096', '-e', 'trace=open,openat', '-o', trace, process.execPath, product]
    const { stdout } = await run('strace', [
      ...words,
      entry,
      moduleSystem,
      JSON.stringify(options),
      JSON.stringify(asking),
    ])
    const opened = readFileSync(trace, 'utf8')
      .split('\n')
      .flatMap((line) => /open(?:at)?\(.*?"(.+?)"(?!.* = -1 )/.exec(line)?.[1] ?? [])
    const own = [...new Set(opened.filter((path) => join(dirname(path), '/') === dist).map((path) => basename(path)))]
    const installed = opened.flatMap((path) => /\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? [])
    return { verdict: stdout, own, packages: [...new Set([...installed, ...own.flatMap(bundledPackagesIn)])].sort() }
  }

  it.each(['esm', 'cjs'] as const)(
    'loads no package, not even a bundled one, to its verdict (%s)',
    async (moduleSystem) => {
      const { verdict, own, packages } = await start(moduleSystem, {})
      expect(verdict).toBe('licensed by record')
      expect(packages).toEqual([])
      expect(own).toEqual(moduleSystem === 'esm' ? ['index.js', 'start.js'] : ['index.cjs', 'start.cjs'])
    },
  )

  it.each(['esm', 'cjs'] as const)('is seen to load them where it asks the hub (%s)', async (moduleSystem) => {
    const { verdict, own, packages } = await start(moduleSystem, { fresh: true })
    expect(verdict).toBe('licensed by hub')
    const files = ['index', 'start', 'common', 'protocol', 'asking', 'requests', 'use-cases', 'hub-side']
    const extension = moduleSystem === 'esm' ? 'js' : 'cjs'
    expect(own).toEqual([...files.map((file) => `${file}.${extension}`), 'undici-parts.cjs'])
    expect(packages).toEqual(expect.arrayContaining(['undici', 'valibot']))
  })
})
