import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type Fault, releaseTokenProblems } from '../../../src/emulator/index.js'
import type { InstallComponentOutcome } from '../../../src/index.js'
import { openShop, publish, type ShopWithComponents, slug, versionIn } from '../../components/shop-with-components.js'
import { localHub } from '../../process/support/local-hub.js'
import { figure } from '../../process/support/proof-length.js'

const hub = localHub()
const old = '5.0.0'
const newer = '6.0.0'
const product = 'flavor-starter'
const endings: (() => Promise<void>)[] = []
const tally = { attacks: 0, refused: 0, previousLost: 0 }
let shop: ShopWithComponents

beforeAll(async () => {
  shop = await openShop(hub, (end) => endings.unshift(end))
  publish(hub, old)
  await shop.license.components.install(slug)
  publish(hub, newer)
})
afterEach(() => hub.emulator.faults.clear())
afterAll(async () => {
  for (const end of endings) await end()
  figure(14, 'attacks on components', tally)
})

/** An update under attack: refused, and the version before stays in use. */
async function attack(faults: readonly Fault[]): Promise<InstallComponentOutcome> {
  tally.attacks += 1
  for (const fault of faults) hub.emulator.faults.inject(fault)
  const outcome = await shop.license.components.update(slug, { deadlineMs: 10_000 })
  if (outcome.outcome !== 'installed') tally.refused += 1
  if (versionIn(join(shop.directory, slug)) !== old) tally.previousLost += 1
  expect(outcome.outcome).not.toBe('installed')
  expect(await shop.license.components.installed()).toMatchObject({ items: [{ version: old, state: 'in-place' }] })
  return outcome
}

describe('a component is not updated', () => {
  it.each(releaseTokenProblems.filter((problem) => problem !== 'issued-earlier'))(
    'by a release whose token is wrong by %s',
    async (problem) => void (await attack([{ route: 'componentCheck', kind: 'release-token', problem }])),
  )

  it.each<Fault>([
    { kind: 'release-field', field: 'slug', value: 'parcel-courier' },
    { kind: 'release-field', field: 'slug', value: product },
    { kind: 'release-field', field: 'slug', value: '../card-payments' },
    { kind: 'release-field', field: 'slug', value: '__proto__' },
    { kind: 'release-field', field: 'version', value: old },
    { kind: 'release-field', field: 'version', value: `${old}+newer` },
    { kind: 'release-field', field: 'version', value: `${old}-rc.1` },
    { kind: 'release-field', field: 'version', value: '1.0.0' },
    { kind: 'release-field', field: 'version', value: '9.0.0', signed: false },
    { kind: 'release-field', field: 'sha256', value: '0'.repeat(64), signed: false },
    { kind: 'release-field', field: 'size', value: 1, signed: false },
    { kind: 'release-field', field: 'size', value: -1 },
    { kind: 'release-field', field: 'size', value: 2 ** 53 },
    { kind: 'release-field', field: 'size', value: '12' },
    { kind: 'duplicate-field', field: 'sha256', value: '0'.repeat(64) },
  ])('by an answer with %o', async (fault) => void (await attack([{ ...fault, route: 'componentCheck' }])))

  it.each<Fault>([
    { kind: 'other-file', product, component: slug, version: old },
    { kind: 'other-file', product, component: 'parcel-courier', version: '1.3.0' },
    { kind: 'other-file', product, version: '1.5.0' },
    { kind: 'replaced-file' },
    { kind: 'changed-byte' },
    { kind: 'short-body' },
    { kind: 'long-body' },
    { kind: 'html' },
    { kind: 'empty-body' },
  ])('by a file that is wrong by %o', async (fault) => void (await attack([{ ...fault, route: 'componentDownload' }])))

  it('by an older version than the hub has offered before, which a genuine token vouches for', async () => {
    await shop.license.components.check({ fresh: true })
    const outcome = await attack([{ route: 'componentCheck', kind: 'release-field', field: 'version', value: '5.5.0' }])
    expect(outcome).toMatchObject({ outcome: 'deferred', reason: 'outdated-answer' })
  })

  it('and all of that was refused', () => {
    expect(tally).toMatchObject({ refused: tally.attacks, previousLost: 0 })
  })
})

describe('the slug of a component', () => {
  it.each(['..', '../data', 'a/b', '.flavor-license', '', 'NUL', 'constructor/..', 'card-payments\0', 'Card-Payments'])(
    'such as %j leads nowhere, and is asked about at no hub',
    async (trick) => {
      const asked = hub.emulator.arrivals.length
      const { components } = shop.license
      expect(await components.install(trick)).toMatchObject({ outcome: 'refused', reason: 'unknown-component' })
      for (const outcome of [await components.update(trick), await components.remove(trick)]) {
        expect(outcome).toMatchObject({ outcome: 'refused', reason: 'not-installed' })
      }
      expect(hub.emulator.arrivals.length).toBe(asked)
    },
  )
})

describe('a license that does not include a component', () => {
  it('gets it neither by its name nor by the version of another', async () => {
    expect(await shop.license.components.install('ledger-erp')).toMatchObject({
      outcome: 'refused',
      reason: 'tier-not-entitled',
    })
    expect(readdirSync(shop.directory)).not.toContain('ledger-erp')
  })
})

describe('what is in the place of an installed component', () => {
  const path = () => join(shop.directory, slug)
  const precious = () => join(shop.machine, 'precious')

  async function withInstead(plant: () => void, look: () => Promise<void>): Promise<void> {
    const kept = `${path()}.kept`
    renameSync(path(), kept)
    plant()
    try {
      await look()
    } finally {
      rmSync(path(), { recursive: true, force: true })
      renameSync(kept, path())
    }
  }

  it.each<[string, () => void]>([
    ['a directory of somebody else', () => mkdirSync(path())],
    ['a file', () => writeFileSync(path(), 'evil')],
    ['a link that leads outside', () => symlinkSync(shop.machine, path())],
    ['a link that leads nowhere', () => symlinkSync('nowhere', path())],
    ['a link that leads to another folder below', () => symlinkSync('.flavor-license', path())],
  ])('is said to be something else where it is %s, and is left alone', async (_what, plant) => {
    writeFileSync(precious(), 'precious')
    await withInstead(plant, async () => {
      expect(await shop.license.components.installed()).toMatchObject({ items: [{ version: old, state: 'replaced' }] })
      expect(await shop.license.components.update(slug)).toMatchObject({ outcome: 'failed', reason: 'place-taken' })
      expect(await shop.license.components.remove(slug)).toMatchObject({ outcome: 'failed', reason: 'place-taken' })
    })
    expect(readFileSync(precious(), 'utf8')).toBe('precious')
    expect(versionIn(path())).toBe(old)
  })
})

describe('the record of what is installed', () => {
  it('is not believed once somebody has edited it', async () => {
    let edits = 0
    const edited = await openShop(hub)
    await edited.license.components.install(slug)
    await edited.license.close()
    for (const name of readdirSync(edited.data)) {
      const file = join(edited.data, name)
      const text = readFileSync(file, 'utf8')
      const decoded = text.replace(/[\w-]{80,}/g, (part) => {
        const payload = Buffer.from(part, 'base64url').toString()
        if (!payload.includes(newer)) return part
        edits += 1
        return Buffer.from(payload.replaceAll(newer, '1.0.0')).toString('base64url')
      })
      writeFileSync(file, decoded)
    }
    expect(edits).toBeGreaterThan(0)
    const { items } = await edited.restart().components.installed()
    expect(items.map(({ version }) => version)).not.toContain('1.0.0')
  })
})
