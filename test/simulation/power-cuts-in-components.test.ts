import { lstatSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { LicenseClient } from '../../src/license-client.js'
import { slug, versionFiles, versionIn } from '../components/shop-with-components.js'
import { figure, proveAtLength } from '../process/support/proof-length.js'
import { zipOf } from '../support/zip-builder.js'
import { key, type MachineWithPowerCuts, machineWithPowerCuts } from './machine-with-power-cuts.js'

vi.mock('node:fs/promises', async (original) => {
  const { watched } = await import('./disk-journal.js')
  return watched(await original())
})

const [first, old, newer] = ['4.0.0', '5.0.0', '6.0.0']

interface Scene {
  readonly name: string
  /** Versions that are installed one after the other before; then the newest is published. */
  readonly installed: readonly string[]
  /** What the power fails in. */
  act(client: LicenseClient): Promise<unknown>
  /** What is in use before, until the product's own check has passed, and after. */
  readonly before: string | null
  readonly meanwhile: string | null
  readonly after: string | null
}

const scenes: readonly Scene[] = [
  {
    name: 'a first installation',
    installed: [],
    act: ({ components }) => components.install(slug),
    before: null,
    meanwhile: newer,
    after: newer,
  },
  {
    name: 'an update',
    installed: [old],
    act: ({ components }) => components.update(slug),
    before: old,
    meanwhile: newer,
    after: newer,
  },
  {
    name: 'an update that removes the version before the last',
    installed: [first, old],
    act: ({ components }) => components.update(slug),
    before: old,
    meanwhile: newer,
    after: newer,
  },
  {
    name: 'an update that proves unhealthy',
    installed: [old],
    act: ({ components }) => components.update(slug, { afterSwap: () => false }),
    before: old,
    meanwhile: newer,
    after: old,
  },
  {
    name: 'a first installation that proves unhealthy',
    installed: [],
    act: ({ components }) => components.install(slug, { afterSwap: () => false }),
    before: null,
    meanwhile: newer,
    after: null,
  },
  {
    name: 'a rollback',
    installed: [first, old],
    act: ({ components }) => components.rollback(slug),
    before: old,
    meanwhile: first,
    after: first,
  },
  {
    name: 'a removal',
    installed: [first, old],
    act: ({ components }) => components.remove(slug),
    before: old,
    meanwhile: null,
    after: null,
  },
]

/** How many of the states the next installation is tried on: it makes a request, and unpacks an archive. */
const completedEach = proveAtLength ? 1 : 10

/** The version that lies complete at the component's path, `null` where there is nothing. */
function versionAt(path: string): string | null {
  if (!lstatSync(path, { throwIfNoEntry: false })) return null
  try {
    return versionIn(path)
  } catch {
    return 'torn'
  }
}

function publish({ hub }: MachineWithPowerCuts, version: string): void {
  hub.addRelease({ product: 'flavor-starter', component: slug, version, content: zipOf(versionFiles(version)) })
}

describe('a power cut in', () => {
  const tally = { states: 0, neither: 0, torn: 0, wronglySaid: 0, notCompleted: 0 }
  afterAll(() => figure(14, 'power cuts while components change', tally))

  it.each(scenes)(
    '$name leaves one version or the other, complete, and the next call says which',
    { timeout: 1_800_000 },
    async ({ installed, act, before, meanwhile, after }) => {
      const machine = machineWithPowerCuts()
      const path = join(machine.components, slug)
      const client = machine.start()
      await client.activate(key)
      for (const version of installed) {
        publish(machine, version)
        expect(await client.components.install(slug)).toMatchObject({ outcome: 'installed' })
      }
      publish(machine, newer)

      let judged = 0
      tally.states += await machine.cutDuring(
        () => act(client),
        async (isOver, state) => {
          judged += 1
          const atOnce = versionAt(path)
          if (atOnce === 'torn') tally.torn += 1
          if (!(isOver ? [after] : [before, meanwhile, after]).includes(atOnce)) tally.neither += 1

          const next = machine.start()
          const { items } = await next.components.installed()
          const said = items[0]?.version ?? null
          const isThere = items.every((item) => item.state === 'in-place')
          const found = versionAt(path)
          if (!isThere || said !== found || ![before, after].includes(said)) tally.wronglySaid += 1

          if (judged % completedEach === 0) {
            const { outcome } = await next.components.install(slug)
            if (!['installed', 'current'].includes(outcome) || versionAt(path) !== newer) tally.notCompleted += 1
          }
          expect({ state, atOnce, found, items, tally }).toMatchObject({
            tally: { neither: 0, torn: 0, wronglySaid: 0, notCompleted: 0 },
          })
        },
      )
      expect(judged).toBeGreaterThan(10)
    },
  )
})
