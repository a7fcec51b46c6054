import { readdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createEmulator, type Emulator } from '../../../../src/emulator/index.js'
import { createLicenseClient, type LicenseClient } from '../../../../src/index.js'
import { createPanelHandler, type PanelOptions, toNodeListener } from '../../../../src/panel/index.js'
import { createTestbed, type Testbed } from '../../../../src/testing/index.js'
import { temporaryDirectory } from '../../../support/temporary-directory.js'

export const productTitle = 'Flavor Starter'

export interface Product {
  readonly bed: Testbed
  readonly componentDirectory: string
  /** A license that somebody has bought and not activated here. Answers its key. */
  sell(license: Sale): string
  /** Where its panel is, as a page. */
  readonly url: string
}

export interface Sale {
  readonly tier?: string
  readonly features?: readonly string[]
  readonly status?: 'active' | 'revoked'
  readonly expiresInDays?: number
  readonly product?: string
  /** Domains that it is active on. */
  readonly usedBy?: readonly string[]
}

const dayMs = 86_400_000

const catalog = [
  { slug: 'card-payments', name: 'Card payments', required_tier: 'starter', releases: ['2.0.0'] },
  { slug: 'parcel-courier', name: 'Parcel courier', required_tier: 'starter', releases: ['1.9.0'] },
  { slug: 'multi-warehouse', name: 'Several warehouses', required_tier: 'agency', releases: ['0.9.0'] },
].map(({ releases, ...component }) => ({
  ...component,
  category: 'module',
  releases: releases.map((version) => ({ version })),
}))

interface ServedPanel {
  readonly url: string
  /** From now on it is the panel of another client, as after a restart of the product. */
  serve(license: LicenseClient): void
}

/** A panel on loopback. */
async function servePanel(options: Partial<PanelOptions>): Promise<ServedPanel> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  })
  return {
    url: `http://${host}/license/`,
    serve(license) {
      const panel = createPanelHandler(license, {
        authorize: () => true,
        hosts: [host],
        path: '/license',
        title: productTitle,
        renewUrl: 'https://shop.example/renew',
        ...options,
      })
      server.removeAllListeners('request').on('request', toNodeListener(panel))
    },
  }
}

export interface ProductOnDisk {
  readonly emulator: Emulator
  readonly url: string
  /** Ends the product, spoils all that is on record of its license, and starts it again. */
  damageRecord(): Promise<void>
}

/** A product whose record is a file. */
export async function startProductOnDisk(options: Partial<PanelOptions> = {}): Promise<ProductOnDisk> {
  const directory = temporaryDirectory()
  const emulator = createEmulator({ baseUrl: 'https://hub.example/api/v1' })
  const start = () =>
    createLicenseClient({
      product: { slug: 'flavor-starter', version: '1.4.2' },
      domain: 'mysite.com',
      hub: { url: 'https://hub.example/api/v1', trustedKeys: emulator.keys },
      fetch: emulator.fetch,
      directory,
    })
  let license = start()
  onTestFinished(() => license.close())
  const panel = await servePanel(options)
  panel.serve(license)
  return {
    emulator,
    url: panel.url,
    async damageRecord() {
      await license.close()
      for (const name of readdirSync(directory).filter((name) => name.endsWith('.jws'))) {
        writeFileSync(join(directory, name), 'torn')
      }
      license = start()
      panel.serve(license)
    },
  }
}

/** A product with updates and components, on its testbed, whose panel is served on loopback. */
export async function startProduct(options: Partial<PanelOptions> = {}): Promise<Product> {
  const directory = temporaryDirectory()
  const bed = createTestbed({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    components: { directory: `${directory}/components` },
    catalog,
  })
  const panel = await servePanel({ downloadDirectory: `${directory}/updates`, components: true, ...options })
  panel.serve(bed.license)
  onTestFinished(() => bed.close())
  let sold = 0
  return {
    bed,
    url: panel.url,
    componentDirectory: `${directory}/components`,
    sell({ tier = 'business', features = [], status = 'active', expiresInDays = 365, product, usedBy = [] }) {
      sold += 1
      const key = `FLVR-SOLD-0000-0000-${String(sold).padStart(4, '0')}`
      bed.hub.addLicense({
        key,
        product: product ?? 'flavor-starter',
        tier,
        status,
        expiresAt: bed.now() + expiresInDays * dayMs,
        features,
        activations: usedBy.map((domain) => ({ domain, installationId: null, activatedAt: bed.now() })),
      })
      return key
    },
  }
}
