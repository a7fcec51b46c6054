import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ComponentFiles, nodeComponentFiles } from '../../src/adapters/component-files.js'
import { localHub } from '../process/support/local-hub.js'
import { figure, proveAtLength } from '../process/support/proof-length.js'
import { copyOf } from './machine.js'
import { foldersOf, openShop, publish, type ShopWithComponents, slug, versionIn } from './shop-with-components.js'

const hub = localHub()
const [old, newer] = ['5.0.0', '6.0.0']
const tally = { runs: 0, neither: 0, wronglySaid: 0 }
afterAll(() => figure(14, 'a disk that fails during an installation', tally))

/** At length every call fails in its turn; else one of four. */
const stride = proveAtLength ? 1 : 4

/** Files of which the k-th call fails, or all from then on. */
function failingFiles(failsAt: number, forEver: boolean): { readonly files: ComponentFiles; calls(): number } {
  let calls = 0
  const failing = new Proxy(nodeComponentFiles, {
    get(files, name, receiver) {
      const method: unknown = Reflect.get(files, name, receiver)
      if (typeof method !== 'function') return method
      return async (...parameters: unknown[]): Promise<unknown> => {
        calls += 1
        const fails = calls === failsAt || (forEver && calls > failsAt)
        if (fails) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
        return Reflect.apply(method, files, parameters)
      }
    },
  })
  return { files: failing, calls: () => calls }
}

describe('a disk that fails', () => {
  const endings: (() => Promise<void>)[] = []
  let shop: ShopWithComponents
  beforeAll(async () => {
    shop = await openShop(hub, (end) => endings.unshift(end))
    publish(hub, old)
    await shop.license.components.install(slug)
    publish(hub, newer)
  })
  afterAll(async () => {
    for (const end of endings) await end()
  })

  it.each([
    ['once', false],
    ['for ever', true],
  ])('%s, at any call of an update, leaves one version or the other', { timeout: 120_000 }, async (_, forEver) => {
    for (let failsAt = 1, untouched = false; !untouched; failsAt += stride) {
      const machine = copyOf(shop)
      const { files, calls } = failingFiles(failsAt, forEver)
      const outcome = await machine.start({ files }).components.update(slug)
      tally.runs += 1
      untouched = calls() < failsAt
      expect(['installed', 'failed', 'refused']).toContain(outcome.outcome)
      if (untouched) expect(outcome).toMatchObject({ outcome: 'installed' })

      const path = join(machine.directory, slug)
      if (![old, newer].includes(versionIn(path))) tally.neither += 1
      const { items } = await machine.start().components.installed()
      if (items[0]?.version !== versionIn(path) || items[0]?.state !== 'in-place') tally.wronglySaid += 1
      expect({ failsAt, outcome, items, tally }).toMatchObject({ tally: { neither: 0, wronglySaid: 0 } })
      if (outcome.outcome === 'installed') expect(versionIn(path)).toBe(newer)
    }
    expect(tally.runs).toBeGreaterThan(proveAtLength ? 20 : 5)
  })
})

describe('two processes that have no lock', () => {
  const rounds = Array.from({ length: proveAtLength ? 50 : 4 }, (_, round) => round)
  it.each(rounds)('leave one complete version (round %i)', async () => {
    publish(hub, newer)
    const machine = copyOf(await openShop(hub))
    const [one, other] = [machine.start({ locked: false }), machine.start({ locked: false })]
    await Promise.all([one.components.install(slug), other.components.install(slug)])
    // One may have broken the other's download, which costs a further try and nothing else.
    const third = machine.start()
    await third.components.install(slug)
    const { items } = await third.components.installed()
    expect(items).toMatchObject([{ version: newer, state: 'in-place' }])
    expect(versionIn(join(machine.directory, slug))).toBe(newer)
    expect(foldersOf(machine.directory).length).toBeLessThanOrEqual(4)
  })
})
