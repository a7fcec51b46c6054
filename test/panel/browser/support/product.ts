import { createServer } from 'node:http'
import { onTestFinished } from 'vitest'
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

/** A product with updates and components, on its testbed, whose panel is served on loopback. */
export async function startProduct(options: Partial<PanelOptions> = {}): Promise<Product> {
  const directory = temporaryDirectory()
  const bed = createTestbed({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    components: { directory: `${directory}/components` },
    catalog,
  })
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const host = `127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  const panel = createPanelHandler(bed.license, {
    authorize: () => true,
    hosts: [host],
    path: '/license',
    title: productTitle,
    renewUrl: 'https://shop.example/renew',
    downloadDirectory: `${directory}/updates`,
    components: true,
    ...options,
  })
  server.on('request', toNodeListener(panel))
  onTestFinished(async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
    await bed.close()
  })
  let sold = 0
  return {
    bed,
    url: `http://${host}/license/`,
    componentDirectory: `${directory}/components`,
    sell({ tier = 'business', features = [], status = 'active', expiresInDays = 365, product, usedBy = [] }) {
      sold += 1
      const key = `FLVR-SOLD-0000-0000-${String(sold).padStart(4, '0')}`
      bed.hub.addLicense({
        key,
        product: product ?? 'flavor-starter',
        tier,
        status,
        source: 'individual',
        expiresAt: bed.now() + expiresInDays * dayMs,
        features,
        activationLimit: null,
        activations: usedBy.map((domain) => ({ domain, installationId: null, activatedAt: bed.now() })),
      })
      return key
    },
  }
}
