import { existsSync, mkdirSync, readlinkSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { localHub } from '../process/support/local-hub.js'
import { foldersOf, openShop, publish, slug, started, versionIn } from './shop-with-components.js'

const hub = localHub()

/** Each test begins with one version at the hub. */
let newest = 3
const nextVersion = () => {
  newest += 1
  return `${newest}.0.0`
}
let first = ''
beforeEach(() => {
  first = nextVersion()
  publish(hub, first)
})

describe('installing a component', () => {
  it('puts its newest version under its slug, complete, with what may be executed', async () => {
    const { license, directory } = await openShop(hub)
    const outcome = await license.components.install(slug)
    const path = join(directory, slug)
    expect(outcome).toMatchObject({
      outcome: 'installed',
      replacedVersion: null,
      component: { slug, version: first, previousVersion: null, path, state: 'in-place' },
    })
    expect(versionIn(path)).toBe(first)
    expect(statSync(join(path, 'bin/run')).mode & 0o111).not.toBe(0)
    expect(statSync(join(path, 'manifest.json')).mode & 0o7111).toBe(0)
  })

  it('changes nothing when the newest is there', async () => {
    const { license } = await openShop(hub)
    await license.components.install(slug)
    const before = await license.components.installed()
    expect(await license.components.install(slug)).toMatchObject({ outcome: 'current', component: { version: first } })
    expect(await license.components.installed()).toEqual(before)
  })

  it('keeps the version before, and no earlier one', async () => {
    const { license, directory } = await openShop(hub)
    await license.components.install(slug)
    const second = nextVersion()
    publish(hub, second)
    expect(await license.components.update(slug)).toMatchObject({
      outcome: 'installed',
      replacedVersion: first,
      component: { version: second, previousVersion: first },
    })
    publish(hub, nextVersion())
    await license.components.update(slug)
    expect(foldersOf(directory)).toHaveLength(2)
    expect(foldersOf(directory).some((name) => name.startsWith(`${first}-`))).toBe(false)
  })

  it('is remembered by the next start of the product, and asks no hub for it', async () => {
    const { license, restart } = await openShop(hub)
    await license.components.install(slug)
    const asked = hub.emulator.arrivals.length
    expect(await restart().components.installed()).toMatchObject({
      outcome: 'listed',
      items: [{ slug, version: first, state: 'in-place' }],
    })
    expect(hub.emulator.arrivals.length).toBe(asked)
  })

  it('outlives the license: giving it up removes no files, and activating again finds them', async () => {
    const { license, key } = await openShop(hub)
    await license.components.install(slug)
    await license.deactivate()
    expect(await license.components.installed()).toMatchObject({ items: [{ slug, version: first }] })
    expect(await license.components.install(slug)).toMatchObject({ outcome: 'refused', reason: 'not-activated' })
    await license.activate(key)
    expect(await license.components.install(slug)).toMatchObject({ outcome: 'current' })
  })

  it('takes over what a reset has made this machine forget', async () => {
    const { license, key, directory } = await openShop(hub)
    await license.components.install(slug)
    await license.reset()
    expect(await license.components.installed()).toEqual({ outcome: 'listed', items: [] })
    expect(versionIn(join(directory, slug))).toBe(first)
    await license.activate(key)
    expect(await license.components.install(slug)).toMatchObject({ outcome: 'installed' })
  })

  it('goes where the call says, and is found there afterwards', async () => {
    const { license, machine, options } = await openShop(hub)
    const elsewhere = join(machine, 'elsewhere')
    await license.components.install(slug, { directory: elsewhere })
    expect(versionIn(join(elsewhere, slug))).toBe(first)
    const { components: _, ...placeless } = options
    const items = [{ path: join(elsewhere, slug), state: 'in-place' }]
    expect(await started(placeless).components.installed()).toMatchObject({ items })
  })

  it('brings back files that are gone', async () => {
    const { license, directory } = await openShop(hub)
    await license.components.install(slug)
    rmSync(join(directory, '.flavor-license'), { recursive: true })
    expect(await license.components.installed()).toMatchObject({ items: [{ version: first, state: 'missing' }] })
    expect(await license.components.install(slug)).toMatchObject({ outcome: 'installed', replacedVersion: null })
    expect(versionIn(join(directory, slug))).toBe(first)
  })

  it('leads back to the version of the record, wherever somebody has bent the name to', async () => {
    const { license, directory } = await openShop(hub)
    await license.components.install(slug)
    publish(hub, nextVersion())
    await license.components.update(slug)
    const path = join(directory, slug)
    const right = readlinkSync(path)
    const [other] = foldersOf(directory).filter((name) => !right.endsWith(name))
    rmSync(path)
    symlinkSync(join(right, '..', other ?? ''), path)
    expect(await license.components.installed()).toMatchObject({ items: [{ state: 'in-place' }] })
    expect(readlinkSync(path)).toBe(right)
  })

  it('never touches files that it has not put there', async () => {
    const { license, directory } = await openShop(hub)
    mkdirSync(join(directory, slug), { recursive: true })
    writeFileSync(join(directory, slug, 'mine.js'), 'mine')
    expect(await license.components.install(slug)).toMatchObject({ outcome: 'failed', reason: 'place-taken' })
    expect(existsSync(join(directory, slug, 'mine.js'))).toBe(true)
    expect(foldersOf(directory)).toEqual([])
  })

  it('keeps two sites in one directory apart', async () => {
    const { license, directory, restart } = await openShop(hub)
    await license.components.install(slug)
    const other = restart({ domain: 'other.com' })
    await other.activate(hub.newLicense())
    expect(await other.components.install(slug)).toMatchObject({ outcome: 'installed' })
    expect(await license.components.installed()).toMatchObject({ items: [{ state: 'replaced' }] })
    expect(await other.components.installed()).toMatchObject({ items: [{ state: 'in-place' }] })
    expect(versionIn(join(directory, slug))).toBe(first)
  })
})

describe('a component that is not offered', () => {
  it('names the tier that would include it', async () => {
    const { license } = await openShop(hub)
    expect(await license.components.install('ledger-erp')).toMatchObject({
      outcome: 'refused',
      reason: 'tier-not-entitled',
      requiredTier: 'business',
    })
  })

  it.each(['teleport', 'nul', '../../etc', 'Card-Payments', '', 7 as never])('is unknown: %j', async (name) => {
    const { license } = await openShop(hub)
    expect(await license.components.install(name)).toMatchObject({ outcome: 'refused', reason: 'unknown-component' })
  })

  it('may need another version of the product', async () => {
    const { license } = await openShop(hub)
    publish(hub, nextVersion(), undefined, { requiresProduct: '>=1.5.0' })
    expect(await license.components.install(slug)).toMatchObject({ outcome: 'refused', reason: 'product-version' })
  })

  it('is not updated where it is not installed, nor rolled back, nor removed', async () => {
    const { license } = await openShop(hub)
    const no = { outcome: 'refused', reason: 'not-installed' }
    expect(await license.components.update(slug)).toMatchObject(no)
    expect(await license.components.rollback(slug)).toMatchObject(no)
    expect(await license.components.remove(slug)).toMatchObject(no)
  })
})

describe('rolling back', () => {
  it('puts the version before in use, without the hub, and a further one undoes it', async () => {
    const { license, directory } = await openShop(hub)
    await license.components.install(slug)
    expect(await license.components.rollback(slug)).toMatchObject({ reason: 'no-previous-version' })
    const second = nextVersion()
    publish(hub, second)
    await license.components.update(slug)
    const asked = hub.emulator.arrivals.length
    expect(await license.components.rollback(slug)).toMatchObject({
      outcome: 'rolled-back',
      replacedVersion: second,
      component: { version: first, previousVersion: second, state: 'in-place' },
    })
    expect(versionIn(join(directory, slug))).toBe(first)
    await license.components.rollback(slug)
    expect(versionIn(join(directory, slug))).toBe(second)
    expect(hub.emulator.arrivals.length).toBe(asked)
  })
})

describe('removing', () => {
  it('leaves nothing of a component, and the others alone', async () => {
    const { license, directory } = await openShop(hub)
    await license.components.install(slug)
    await license.components.install('parcel-courier')
    expect(await license.components.remove(slug)).toEqual({ outcome: 'removed', slug, version: first })
    expect(existsSync(join(directory, slug))).toBe(false)
    expect(foldersOf(directory)).toEqual([])
    expect(await license.components.installed()).toMatchObject({
      items: [{ slug: 'parcel-courier', state: 'in-place' }],
    })
  })
})

describe('the lists', () => {
  it('say what the license may use and what the catalog holds, and which of it is installed', async () => {
    const { license } = await openShop(hub)
    await license.components.install(slug)
    const listed = await license.components.list()
    expect(listed).toMatchObject({ outcome: 'listed' })
    expect(listed).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({ slug, version: first, installedVersion: first }),
        expect.objectContaining({ slug: 'bank-transfer', installedVersion: null }),
      ]),
    })
    expect(await license.components.available()).toMatchObject({
      outcome: 'listed',
      items: expect.arrayContaining([
        expect.objectContaining({ slug: 'ledger-erp', requiredTier: 'business', entitled: false }),
      ]),
    })
  })

  it('are refused without a license', async () => {
    const { license, restart } = await openShop(hub)
    await license.reset()
    const fresh = restart()
    for (const outcome of [await fresh.components.list(), await fresh.components.available()]) {
      expect(outcome).toMatchObject({ outcome: 'refused', reason: 'not-activated' })
    }
  })
})

describe('checking components', () => {
  it('asks once about all, and offers what is newer and fits', async () => {
    const { license } = await openShop(hub)
    await license.components.install(slug)
    await license.components.install('parcel-courier')
    const asked = hub.emulator.arrivals.length
    expect(await license.components.check()).toEqual({ outcome: 'current', withheld: [] })
    expect(hub.emulator.arrivals.length).toBe(asked + 1)

    const second = nextVersion()
    publish(hub, second)
    expect(await license.components.check({ fresh: true })).toMatchObject({
      outcome: 'available',
      items: [{ slug, currentVersion: first, release: { version: second } }],
    })
    publish(hub, nextVersion(), undefined, { requiresProduct: '>=9.0.0' })
    expect(await license.components.check({ fresh: true })).toEqual({
      outcome: 'current',
      withheld: [{ slug, reason: 'product-version' }],
    })
  })

  it('answers by what the hub said last, to this question or to that of all updates', async () => {
    const { license, restart } = await openShop(hub)
    await license.components.install(slug)
    const second = nextVersion()
    publish(hub, second)
    await license.checkUpdates()
    const asked = hub.emulator.arrivals.length
    const expected = { outcome: 'available', items: [{ slug, currentVersion: first, release: { version: second } }] }
    expect(await license.components.check()).toMatchObject(expected)
    const next = restart()
    expect(await next.components.check()).toMatchObject(expected)
    expect(hub.emulator.arrivals.length).toBe(asked)

    // What is installed is another question.
    await next.components.update(slug)
    expect(await next.components.check()).toEqual({ outcome: 'current', withheld: [] })
    expect(hub.emulator.arrivals.at(-1)?.route).toBe('componentCheck')
  })

  it('asks once, however many calls and clients want to know at once', async () => {
    const { license, restart } = await openShop(hub)
    await license.components.install(slug)
    const others = [restart(), restart()]
    const asked = hub.emulator.arrivals.length
    const outcomes = await Promise.all(
      [license, license, ...others].map(({ components }) => components.check({ deadlineMs: 10_000 })),
    )
    expect(outcomes).toEqual(outcomes.map(() => ({ outcome: 'current', withheld: [] })))
    expect(hub.emulator.arrivals.length).toBe(asked + 1)
  })

  it('is not taken for an answer by a call that wants to know of the product too', async () => {
    const { license } = await openShop(hub)
    await license.components.install(slug)
    const before = hub.emulator.arrivals.length
    await Promise.all([license.components.check({ fresh: true }), license.checkUpdates({ fresh: true })])
    const routes = hub.emulator.arrivals.slice(before).map(({ route }) => route)
    expect(routes).toContain('updateCheck')
  })

  it('asks nothing where nothing is installed, and is refused without a license', async () => {
    const { license, restart } = await openShop(hub)
    const asked = hub.emulator.arrivals.length
    expect(await license.components.check()).toEqual({ outcome: 'current', withheld: [] })
    expect(hub.emulator.arrivals.length).toBe(asked)
    await license.reset()
    expect(await restart().components.check()).toMatchObject({ outcome: 'refused', reason: 'not-activated' })
  })
})

describe('downloading', () => {
  it('brings the archive, and installs nothing', async () => {
    const { license, machine } = await openShop(hub)
    const outcome = await license.components.download(slug, { directory: join(machine, 'archives') })
    expect(outcome).toMatchObject({ outcome: 'downloaded', release: { slug, version: first } })
    expect(outcome.outcome === 'downloaded' && existsSync(outcome.path)).toBe(true)
    expect(await license.components.installed()).toEqual({ outcome: 'listed', items: [] })
  })
})

describe('hooks', () => {
  it('see the new version beside the old one, then in its place', async () => {
    const { license, directory } = await openShop(hub)
    await license.components.install(slug)
    const second = nextVersion()
    publish(hub, second)
    const seen: unknown[] = []
    await license.components.update(slug, {
      beforeSwap: ({ path, files, version, replacedVersion }) => {
        seen.push([version, replacedVersion, versionIn(path), versionIn(files)])
      },
      afterSwap: async ({ path }) => {
        seen.push(versionIn(path))
        return true
      },
    })
    expect(seen).toEqual([[second, first, first, second], second])
    expect(versionIn(join(directory, slug))).toBe(second)
  })

  const refusing = (): boolean => false
  const throwing = (): boolean => {
    throw new Error('no payment goes through')
  }
  const rejecting = async (): Promise<boolean> => throwing()
  it.each([
    ['beforeSwap', 'held-back', refusing],
    ['beforeSwap', 'held-back', throwing],
    ['afterSwap', 'unhealthy', refusing],
    ['afterSwap', 'unhealthy', throwing],
    ['afterSwap', 'unhealthy', rejecting],
  ])('%s that says no keeps the version before (%s)', async (name, reason, hook) => {
    const { license, directory, restart } = await openShop(hub)
    await license.components.install(slug)
    publish(hub, nextVersion())
    expect(await license.components.update(slug, { [name]: hook })).toMatchObject({ outcome: 'failed', reason })
    expect(versionIn(join(directory, slug))).toBe(first)
    expect(foldersOf(directory)).toHaveLength(1)
    expect(await restart().components.installed()).toMatchObject({ items: [{ version: first, state: 'in-place' }] })
  })

  it('that refuse a first installation leave nothing', async () => {
    const { license, directory } = await openShop(hub)
    expect(await license.components.install(slug, { afterSwap: () => false })).toMatchObject({ reason: 'unhealthy' })
    expect(existsSync(join(directory, slug))).toBe(false)
    expect(foldersOf(directory)).toEqual([])
    expect(await license.components.installed()).toEqual({ outcome: 'listed', items: [] })
  })
})

describe('misuse', () => {
  it.each([
    ['components', undefined],
    [7, undefined],
    [undefined, 'components'],
  ])('is a directory that is no absolute path (%s, %s)', async (ofCall, ofClient) => {
    const { license, restart } = await openShop(hub)
    const install = async () =>
      ofClient === undefined
        ? license.components.install(slug, { directory: ofCall as never })
        : restart({ components: { directory: ofClient } })
    await expect(install()).rejects.toMatchObject({ code: 'invalid-option', message: /absolute/ })
  })

  it('is no directory at all', async () => {
    const { options } = await openShop(hub)
    const { components: _, ...placeless } = options
    await expect(started(placeless).components.install(slug)).rejects.toMatchObject({ code: 'invalid-option' })
  })
})

describe('a signal that aborts', () => {
  it('ends an installation before it changes anything', async () => {
    const { license, directory } = await openShop(hub)
    const controller = new AbortController()
    const terms = { signal: controller.signal, beforeSwap: () => controller.abort() }
    await expect(license.components.install(slug, terms)).rejects.toMatchObject({ code: 'aborted' })
    expect(existsSync(join(directory, slug))).toBe(false)
    expect(foldersOf(directory)).toEqual([])
  })
})
