import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  filesIn,
  foldersOf,
  openShop,
  publish,
  type ShopWithComponents,
  slug,
  versionIn,
} from '../../components/shop-with-components.js'
import { localHub } from '../../process/support/local-hub.js'
import { figure } from '../../process/support/proof-length.js'
import { archiveTricks } from './archive-tricks.js'

const hub = localHub()
const tally = { tricks: archiveTricks.length, refused: 0, outside: 0, previousLost: 0 }
afterAll(() => figure(14, 'tricks in archives', tally))

/** Newer and newer, since a hub withdraws nothing. */
let newest = 10
const nextVersion = () => {
  newest += 1
  return `${newest}.0.0`
}

/** What lies beside the components: nothing of it may change. */
const surroundings = ({ machine, directory }: ShopWithComponents) =>
  Object.entries(filesIn(machine)).filter(
    ([path]) => !path.startsWith('data/') && !join(machine, path).startsWith(directory),
  )

describe('a signed archive that holds', () => {
  const endings: (() => Promise<void>)[] = []
  let shop: ShopWithComponents
  const good = nextVersion()

  beforeAll(async () => {
    shop = await openShop(hub, (end) => endings.unshift(end))
    publish(hub, good)
    await shop.license.components.install(slug)
  })
  afterAll(async () => {
    for (const end of endings) await end()
  })

  it.each(archiveTricks)(
    '$name is refused ($problem), and the version before is kept',
    async ({ problem, archive }) => {
      const { license, directory } = shop
      const state = () => ({ surroundings: surroundings(shop), folders: foldersOf(directory) })
      const before = state()

      publish(hub, nextVersion(), archive)
      const outcome = await license.components.update(slug)
      expect(outcome).toMatchObject({ outcome: 'refused', reason: 'unsafe-archive' })
      expect(outcome).toMatchObject({ message: expect.stringContaining(problem) })
      tally.refused += 1

      if (!isDeepStrictEqual(state(), before) || existsSync('/tmp/flavor-license-evil.js')) tally.outside += 1
      if (versionIn(join(directory, slug)) !== good) tally.previousLost += 1
      expect(tally).toMatchObject({ outside: 0, previousLost: 0 })
      expect(await license.components.installed()).toMatchObject({ items: [{ version: good, state: 'in-place' }] })
    },
  )

  it('nothing of the kind is installed', async () => {
    expect(tally.refused).toBe(archiveTricks.length)
    const honest = nextVersion()
    publish(hub, honest)
    expect(await shop.license.components.update(slug)).toMatchObject({ outcome: 'installed', replacedVersion: good })
    expect(versionIn(join(shop.directory, slug))).toBe(honest)
  })
})
