import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import type { Release } from '../../src/index.js'
import { figure } from '../process/support/proof-length.js'
import { key, type MachineWithPowerCuts, machineWithPowerCuts } from './machine-with-power-cuts.js'

vi.mock('node:fs/promises', async (original) => {
  const { watched } = await import('./disk-journal.js')
  return watched(await original())
})

const content = Uint8Array.from({ length: 20_000 }, (_, index) => index % 251)

async function offered(machine: MachineWithPowerCuts): Promise<Release> {
  machine.hub.addRelease({ product: 'flavor-starter', version: '9.0.0', content })
  const client = machine.start()
  await client.activate(key)
  const outcome = await client.checkUpdates()
  if (outcome.outcome !== 'available' || !outcome.release) throw new Error('The hub offers nothing.')
  return outcome.release
}

/** As an attempt leaves it that was ended. */
function leaveBehind(directory: string, { sha256 }: Release, bytes: number): void {
  const validator = Buffer.from(`"${sha256}"`).toString('base64url')
  mkdirSync(directory, { recursive: true })
  const name = `.flavor-license-${sha256.slice(0, 16)}-0123456789abcdef.${validator}.part`
  writeFileSync(join(directory, name), content.subarray(0, bytes))
}

describe('a power cut in', () => {
  const tally = { states: 0, incomplete: 0, lost: 0, notCompleted: 0 }
  afterAll(() => figure(14, 'power cuts during a download', tally))

  it.each([
    ['a download', null],
    ['a download that goes on where another has ended', 7_000],
    ['a download whose bytes are all there', content.length],
  ])('%s leaves the whole file, or none under its name', { timeout: 1_800_000 }, async (_, left) => {
    const machine = machineWithPowerCuts()
    const release = await offered(machine)
    const directory = join(machine.downloads, 'new')
    const path = join(directory, release.filename)
    const download = () => machine.start().downloadUpdate(release, { directory })
    if (left !== null) leaveBehind(directory, release, left)

    tally.states += await machine.cutDuring(
      async () => expect(await download()).toMatchObject({ outcome: 'downloaded', path }),
      async (isOver, state) => {
        const isWhole = existsSync(path) && readFileSync(path).equals(content)
        if (existsSync(path) && !isWhole) tally.incomplete += 1
        if (isOver && !isWhole) tally.lost += 1

        const next = await download()
        const isDone = next.outcome === 'downloaded' && readFileSync(path).equals(content)
        if (!isDone || readdirSync(directory).length !== 1) tally.notCompleted += 1
        expect({ state, next, files: readdirSync(directory), tally }).toMatchObject({
          tally: { incomplete: 0, lost: 0, notCompleted: 0 },
        })
      },
    )
  })
})
