import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { localHub } from '../process/support/local-hub.js'
import { copyOf, type Machine } from './machine.js'
import { openShop, publish, slug, versionIn } from './shop-with-components.js'

const hub = localHub()
const [old, newer] = ['5.0.0', '6.0.0']

/** A process that installs the newest version and dies in the middle of the product's check of it. */
async function diesDuringCheck(machine: Machine): Promise<void> {
  const dying = machine.start({ locked: false })
  await new Promise<void>((resolve, reject) => {
    const afterSwap = () => {
      resolve()
      return new Promise<boolean>(() => undefined)
    }
    const ended = ({ outcome }: { readonly outcome: string }) => reject(new Error(`It was not installed: ${outcome}.`))
    dying.components.install(slug, { afterSwap }).then(ended, reject)
  })
}

describe('a process that dies while the product checks a new version', () => {
  it('has installed nothing where there was nothing', async () => {
    publish(hub, old)
    const machine = copyOf(await openShop(hub))
    const path = join(machine.directory, slug)
    await diesDuringCheck(machine)
    expect(versionIn(path)).toBe(old)
    expect(await machine.start().components.installed()).toEqual({ outcome: 'listed', items: [] })
    expect(existsSync(path)).toBe(false)
  })

  it('leaves the version before in use', async () => {
    publish(hub, old)
    const shop = await openShop(hub)
    await shop.license.components.install(slug)
    publish(hub, newer)
    const machine = copyOf(shop)
    await diesDuringCheck(machine)
    expect(versionIn(join(machine.directory, slug))).toBe(newer)
    expect(await machine.start().components.installed()).toMatchObject({ items: [{ version: old, state: 'in-place' }] })
    expect(versionIn(join(machine.directory, slug))).toBe(old)
  })
})
