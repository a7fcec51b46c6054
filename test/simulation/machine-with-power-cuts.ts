import { join } from 'node:path'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { fileRecordStore } from '../../src/adapters/file-record-store.js'
import { composeClient } from '../../src/compose-client.js'
import { createEmulator, type Emulator } from '../../src/emulator/index.js'
import type { LicenseClient } from '../../src/license-client.js'
import { readOptions } from '../../src/read-options.js'
import { proveAtLength } from '../process/support/proof-length.js'
import { clientPorts } from '../support/client-ports.js'
import { type ManualClock, manualClock } from '../support/manual-clock.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { digestOf, readDisk, statesAfterCut, writeDisk } from './crashed-disk.js'
import { journalOf } from './disk-journal.js'

export const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'

/** Of how many changes every combination is tried. */
const changesTold = proveAtLength ? 7 : 2

/**
 * A machine whose power can fail. It works on a real disk, with the calls that a product makes there; what each call
 * guarantees is played through afterwards.
 */
export interface MachineWithPowerCuts {
  readonly hub: Emulator
  readonly clock: ManualClock
  /** Of the license's records, of the components and of the downloads. None is there at the beginning. */
  readonly data: string
  readonly components: string
  readonly downloads: string
  /** The product, started anew. */
  start(): LicenseClient
  /**
   * Does something, then finds out what a power cut at any point of it can leave, and has each of these states judged on
   * the machine's own disk. `isOver` where the power failed after the end. Answers how many states there were.
   */
  cutDuring(act: () => Promise<unknown>, judge: (isOver: boolean, state: string) => Promise<void>): Promise<number>
}

export function machineWithPowerCuts(): MachineWithPowerCuts {
  const root = temporaryDirectory()
  const place = (name: string) => join(root, 'product', name)
  const [data, components, downloads] = [place('data'), place('components'), place('downloads')] as const
  const clock = manualClock({ selfWinding: true })
  const hub = createEmulator({ clock, rateLimit: { strategy: 'off' } })
  return {
    hub,
    clock,
    data,
    components,
    downloads,
    start: () =>
      composeClient(
        readOptions({
          product: { slug: 'flavor-starter', version: '1.4.2' },
          domain: 'mysite.com',
          hub: { url: 'https://hub.example/api/v1', trustedKeys: hub.keys },
          components: { directory: components },
        }),
        clientPorts({ clock, transport: fetchTransport(hub.fetch), store: fileRecordStore(async () => data) }),
      ),
    async cutDuring(act, judge) {
      const before = readDisk(root)
      const changes = await journalOf(root, act)
      const judged = new Set<string>()
      for (let made = 0; made <= changes.length; made += 1) {
        const isOver = made === changes.length
        for (const state of statesAfterCut(before, root, changes.slice(0, made), changesTold)) {
          const name = `${digestOf(state)} ${isOver}`
          if (judged.has(name)) continue
          judged.add(name)
          writeDisk(state, root)
          await judge(isOver, `the power failed after ${made} of ${changes.length} changes`)
        }
      }
      return judged.size
    },
  }
}
