import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  foldersOf,
  openShop,
  publish,
  type ShopWithComponents,
  slug,
  versionIn,
} from '../../components/shop-with-components.js'
import { ClientGone, type ClientProcess, startClient } from '../support/client-process.js'
import { compiledProgram } from '../support/compiled-program.js'
import { localHub } from '../support/local-hub.js'
import { figure, proveAtLength } from '../support/proof-length.js'

const program = compiledProgram('client')
const hub = localHub()
const processes = proveAtLength ? 12 : 4

/** Each test begins with a version at the hub that is newer than those of the test before. */
let newest = 4
let [old, newer] = ['', '']
beforeEach(() => {
  ;[old, newer] = [`${newest + 1}.0.0`, `${newest + 2}.0.0`]
  newest += 2
})

const downloads = () => hub.emulator.arrivals.filter(({ route }) => route === 'componentDownload').length

/** Processes of one product that has the old version, all of which have been started. */
async function crowdOf(shop: ShopWithComponents): Promise<readonly ClientProcess[]> {
  const setup = { url: hub.url, trustedKeys: hub.emulator.keys, directory: shop.data, components: shop.directory }
  const crowd = Array.from({ length: processes }, () => startClient(program(), setup))
  for (const one of crowd) await one.ask({ call: 'status' })
  return crowd
}

async function shopWithUpdate(): Promise<ShopWithComponents> {
  const shop = await openShop(hub)
  publish(hub, old)
  await shop.license.components.install(slug)
  publish(hub, newer)
  hub.emulator.clearArrivals()
  return shop
}

async function isComplete({ directory, restart }: ShopWithComponents): Promise<void> {
  expect(versionIn(join(directory, slug))).toBe(newer)
  const next = restart()
  expect(await next.components.installed()).toMatchObject({
    items: [{ version: newer, previousVersion: old, state: 'in-place' }],
  })
}

describe('processes that update a component at once', () => {
  afterEach(() => hub.emulator.faults.clear())

  it('download and unpack it once', { timeout: 120_000 }, async () => {
    const shop = await shopWithUpdate()
    const crowd = await crowdOf(shop)
    const outcomes = await Promise.all(crowd.map((one) => one.ask({ call: 'install', slug })))
    const told = outcomes.map(({ outcome }) => outcome).sort()
    expect(told).toEqual([...Array.from({ length: processes - 1 }, () => 'current'), 'installed'])
    expect(downloads()).toBe(1)
    await isComplete(shop)
    expect(foldersOf(shop.directory)).toHaveLength(2)
    figure(14, 'processes that update a component at once', { processes, downloads: downloads() })
  })

  it('go on where one of them is killed in the middle', { timeout: 120_000 }, async () => {
    const shop = await shopWithUpdate()
    const [first, ...others] = await crowdOf(shop)
    if (!first) throw new Error('There is nobody.')
    const stalled = new Promise<void>((resolve) => {
      hub.emulator.faults.inject({
        route: 'componentDownload',
        kind: 'respond',
        times: 1,
        respond: () => {
          resolve()
          return new Promise(() => undefined)
        },
      })
    })
    const lost = first.ask({ call: 'install', slug }).catch((error: unknown) => error)
    await stalled
    const outcomes = others.map((one) => one.ask({ call: 'install', slug }))
    await first.kill()
    expect(await lost).toBeInstanceOf(ClientGone)
    for (const { outcome } of await Promise.all(outcomes)) expect(['installed', 'current']).toContain(outcome)
    await isComplete(shop)
  })
})
