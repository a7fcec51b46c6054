import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PanelOptions } from '../../src/panel/index.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { errorOf, panelUnderTest } from './panel-under-test.js'

interface Shop {
  readonly directory: string
  ask(path: string, slug?: string): Promise<{ readonly outcome: object; readonly state: object }>
  release(version: string): void
}

/** A panel of a product that has one component, of a tier that a license of the tier `business` includes. */
async function shopWithComponents(components: PanelOptions['components'] = true): Promise<Shop> {
  const directory = temporaryDirectory()
  const catalog = [
    {
      slug: 'courier',
      name: 'Courier',
      category: 'courier',
      required_tier: 'starter',
      releases: [{ version: '1.0.0' }],
    },
    {
      slug: 'warehouse',
      name: 'Warehouse',
      category: 'erp',
      required_tier: 'agency',
      releases: [{ version: '3.0.0' }],
    },
  ]
  const { bed, post } = panelUnderTest({ components }, { components: { directory }, catalog })
  await bed.grantLicense({ tier: 'business' })
  return {
    directory,
    release: (version) => bed.hub.addRelease({ product: 'test-product', component: 'courier', version }),
    async ask(path, slug) {
      const answer = await (await post(path, slug === undefined ? {} : { slug })).text()
      return JSON.parse(answer.trim().split('\n').at(-1) ?? '')
    },
  }
}

describe('components in the panel', () => {
  it('are listed with what the license includes, installed, updated, put back and removed', async () => {
    const { ask, directory, release } = await shopWithComponents()
    expect(await ask('components')).toMatchObject({
      outcome: {
        outcome: 'listed',
        items: [
          { slug: 'courier', entitled: true, installedVersion: null },
          { slug: 'warehouse', entitled: false, requiredTier: 'agency' },
        ],
        updates: [],
      },
      state: { components: [] },
    })
    expect(await ask('components/install', 'courier')).toMatchObject({
      outcome: { outcome: 'installed' },
      state: { components: [{ slug: 'courier', version: '1.0.0', state: 'in-place' }] },
    })
    release('1.1.0')
    expect(await ask('components')).toMatchObject({ outcome: { updates: [{ release: { version: '1.1.0' } }] } })
    expect(await ask('components/install', 'courier')).toMatchObject({
      state: { components: [{ version: '1.1.0', previousVersion: '1.0.0' }] },
    })
    expect(await ask('components/rollback', 'courier')).toMatchObject({
      outcome: { outcome: 'rolled-back' },
      state: { components: [{ version: '1.0.0' }] },
    })
    expect(existsSync(join(directory, 'courier'))).toBe(true)
    expect(await ask('components/remove', 'courier')).toMatchObject({
      outcome: { outcome: 'removed' },
      state: { components: [] },
    })
    expect(existsSync(join(directory, 'courier'))).toBe(false)
  })

  it('say which license includes what this one does not', async () => {
    const { ask } = await shopWithComponents()
    expect(await ask('components/install', 'warehouse')).toMatchObject({
      outcome: { outcome: 'refused', reason: 'tier-not-entitled', requiredTier: 'agency' },
    })
  })

  it("are put in use only with the product's own consent", async () => {
    const { ask } = await shopWithComponents({ beforeSwap: () => false })
    expect(await ask('components/install', 'courier')).toMatchObject({
      outcome: { outcome: 'failed', reason: 'held-back' },
      state: { components: [] },
    })
  })

  it.each(['components', 'components/install', 'components/rollback', 'components/remove'])(
    'are none of the panel’s business unless the product says so: %s',
    async (path) => {
      const { bed, post } = panelUnderTest()
      await bed.grantLicense()
      expect(await errorOf(await post(path, { slug: 'courier' }))).toEqual({ status: 404, code: 'not-found' })
    },
  )

  it('tell the page when the product has no place for them, and nothing more', async () => {
    const { bed, post } = panelUnderTest({ components: true })
    await bed.grantLicense()
    const answer = await post('components/install', { slug: 'courier' })
    expect(JSON.parse(await answer.text())).toMatchObject({ error: { code: 'failed' } })
  })
})
