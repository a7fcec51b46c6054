import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import {
  openShop,
  publish,
  type ShopWithComponents,
  slug,
  started,
  versionIn,
} from '../../components/shop-with-components.js'
import { withSmallDisk } from '../../support/small-disk.js'
import { temporaryDirectory } from '../../support/temporary-directory.js'
import { localHub } from '../support/local-hub.js'
import { describeWhere } from '../support/machine.js'
import { figure, proveAtLength } from '../support/proof-length.js'

const hub = localHub()
const [old, newer] = ['5.0.0', '6.0.0']
const tally = { runs: 0, failed: 0, neither: 0, wronglySaid: 0 }
afterAll(() => figure(14, 'a disk that is full in the middle', tally))

const pageKibibytes = 4
/** Nothing more can be written to the smallest disk; all that is to be written fits on the largest. */
const sizes = (from: number) =>
  Array.from({ length: 24 }, (_, step) => from + step * pageKibibytes).filter(
    (_, step) => proveAtLength || step % 4 === 0,
  )

/** The size of a disk on which a directory fills every page. */
function pagesOf(directory: string): number {
  const files = readdirSync(directory, { withFileTypes: true, recursive: true })
  const pages = files.map((entry) =>
    entry.isFile() ? Math.ceil(readFileSync(join(entry.parentPath, entry.name)).length / (pageKibibytes * 1024)) : 0,
  )
  return pages.reduce((sum, count) => sum + count, 0) * pageKibibytes
}

describeWhere(['mounts of its own'], 'a disk that is full in the middle of', () => {
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
    ['the components alone', false],
    ['the components and the records', true],
  ])('an update, %s being on it, leaves the version before, or the new one', { timeout: 300_000 }, async (_, all) => {
    const outcomes = new Set<string>()
    const full = pagesOf(shop.directory) + (all ? pagesOf(shop.data) : 0)
    for (const kibibytes of sizes(full)) {
      const disk = temporaryDirectory()
      await withSmallDisk(disk, kibibytes, async () => {
        const data = join(all ? disk : temporaryDirectory(), 'data')
        const directory = join(disk, 'components')
        cpSync(shop.data, data, { recursive: true })
        cpSync(shop.directory, directory, { recursive: true, verbatimSymlinks: true })
        const start = () => started({ ...shop.options, directory: data, components: { directory } })
        const { outcome } = await start().components.update(slug)
        tally.runs += 1
        outcomes.add(outcome)
        if (outcome === 'failed') tally.failed += 1

        const path = join(directory, slug)
        if (versionIn(path) !== (outcome === 'installed' ? newer : old)) tally.neither += 1
        const { items } = await start().components.installed()
        if (items[0]?.version !== versionIn(path) || items[0]?.state !== 'in-place') tally.wronglySaid += 1
        expect({ kibibytes, outcome, items, tally }).toMatchObject({ tally: { neither: 0, wronglySaid: 0 } })
      })
    }
    expect(outcomes).toContain('failed')
    expect(outcomes).toContain('installed')
  })

  it('a download leaves nothing under its name, and goes on once there is room', { timeout: 60_000 }, async () => {
    const content = new Uint8Array(400_000).fill(7)
    hub.emulator.addRelease({ product: 'flavor-starter', version: '9.0.0', content })
    const found = await shop.license.checkUpdates({ fresh: true })
    if (found.outcome !== 'available' || !found.release) throw new Error('The hub offers nothing.')
    const { release } = found
    const disk = temporaryDirectory()
    const kept = temporaryDirectory()
    await withSmallDisk(disk, 200, async () => {
      const outcome = await shop.license.downloadUpdate(release, { directory: disk })
      expect(outcome).toMatchObject({
        outcome: 'failed',
        reason: 'disk-failed',
        message: expect.stringContaining('ENOSPC'),
      })
      expect(existsSync(join(disk, release.filename))).toBe(false)
      cpSync(disk, kept, { recursive: true })
    })
    expect(await shop.license.downloadUpdate(release, { directory: kept })).toMatchObject({ outcome: 'downloaded' })
    expect(readdirSync(kept)).toEqual([release.filename])
  })
})
