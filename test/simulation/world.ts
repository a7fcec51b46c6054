import { componentDirectory } from '../../src/adapters/component-directory.js'
import { downloadDirectory } from '../../src/adapters/download-directory.js'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { fileLedgerStore } from '../../src/adapters/file-ledger-store.js'
import { fileRecordStore } from '../../src/adapters/file-record-store.js'
import type { FileSystem } from '../../src/adapters/file-system.js'
import { knownSignature } from '../../src/adapters/machine-signature.js'
import { nodeHash } from '../../src/adapters/node-hash.js'
import { nodeSignature } from '../../src/adapters/node-signature.js'
import { openLock } from '../../src/adapters/open-lock.js'
import { composeClient } from '../../src/compose-client.js'
import { createEmulator, type Emulator } from '../../src/emulator/index.js'
import type { LicenseClient } from '../../src/license-client.js'
import type { Random } from '../../src/ports/random.js'
import { readOptions } from '../../src/read-options.js'
import { type ManualClock, manualClock } from '../support/manual-clock.js'
import { type MemoryDisk, memoryDisk } from './memory-disk.js'
import { seededRandom } from './seeded-random.js'

const hubUrl = 'https://hub.example/api/v1'
const directory = '/data/flavor-license'

/** What lies between the machine and the hub. */
export type Weather = 'fair' | 'lost-request' | 'lost-reply' | 'portal' | 'broken-hub' | 'busy-hub'

/** A process of the product. Killed, it never comes back from the call that it is in. */
export interface SimulatedProcess {
  readonly client: LicenseClient
  /** Requests that it has sent. */
  requests(): number
  /** Dies at the k-th call to the disk from now. */
  killAfter(diskCalls: number): void
  readonly died: Promise<void>
}

/** One machine with one disk, one hub, and a time that is everybody's. */
export interface World {
  readonly chance: Random
  /** The true time, which is the hub's. */
  readonly time: ManualClock
  readonly disk: MemoryDisk
  readonly hub: Emulator
  weather: Weather
  /** How far the machine's wall clock is off. */
  clockError: number
  start(): SimulatedProcess
}

export function createWorld(seed: number): World {
  const chance = seededRandom(seed)
  const time = manualClock({ selfWinding: true })
  const hub = createEmulator({ baseUrl: hubUrl, clock: time, rateLimit: { strategy: 'off' }, leaseMs: 30 * 86_400_000 })
  const machineClock: ManualClock = { ...time, now: () => time.now() + world.clockError }
  const disk = memoryDisk(machineClock)
  const settings = readOptions({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hubUrl, trustedKeys: hub.keys },
  })

  const living = new Set<number>()
  let started = 0

  function start(): SimulatedProcess {
    started += 1
    const processId = started
    living.add(processId)
    let requests = 0
    let callsToLive = Number.POSITIVE_INFINITY
    let die = () => {}
    const died = new Promise<void>((resolve) => {
      die = resolve
    })
    const never = new Promise<never>(() => {})
    const mortal =
      <Parameters extends unknown[], Result>(method: (...parameters: Parameters) => Promise<Result>) =>
      async (...parameters: Parameters): Promise<Result> => {
        callsToLive -= 1
        if (callsToLive === 0) {
          living.delete(processId)
          die()
        }
        return callsToLive <= 0 ? never : method(...parameters)
      }
    const { files } = disk
    const mortalFiles: FileSystem = {
      makeDirectories: mortal(files.makeDirectories),
      makeDirectory: mortal(files.makeDirectory),
      removeDirectory: mortal(files.removeDirectory),
      list: mortal(files.list),
      read: mortal(files.read),
      create: mortal(files.create),
      createVolatile: mortal(files.createVolatile),
      rename: mortal(files.rename),
      link: mortal(files.link),
      remove: mortal(files.remove),
      touch: mortal(files.touch),
      syncDirectory: mortal(files.syncDirectory),
      status: mortal(files.status),
    }
    const fetch: typeof globalThis.fetch = async (input, init) => {
      requests += 1
      if (world.weather === 'lost-request') throw new TypeError('fetch failed')
      if (world.weather === 'portal')
        return new Response('<p>Sign in</p>', { headers: { 'content-type': 'text/html' } })
      if (world.weather === 'broken-hub') return new Response('Internal Server Error', { status: 500 })
      if (world.weather === 'busy-hub')
        return Response.json({ error: 'Rate limit exceeded: 10 per 1 minute' }, { status: 429 })
      const response = await hub.fetch(input, init)
      if (world.weather === 'lost-reply') throw new TypeError('fetch failed')
      return response
    }
    const locate = () => Promise.resolve(directory)
    const client = composeClient(settings, {
      clock: machineClock,
      random: chance,
      hash: nodeHash,
      signature: knownSignature(nodeSignature),
      transport: fetchTransport(fetch),
      store: fileRecordStore(locate, mortalFiles),
      lock: openLock,
      ledger: fileLedgerStore(locate, mortalFiles),
      processes: {
        self: () => ({ space: 'world', processId, startedAt: '' }),
        stateOf: (name) => (living.has(name.processId) ? 'alive' : 'dead'),
      },
      downloads: downloadDirectory,
      componentStore: componentDirectory(),
    })
    return {
      client,
      requests: () => requests,
      killAfter(diskCalls) {
        callsToLive = diskCalls
      },
      died,
    }
  }

  const world: World = { chance, time, disk, hub, weather: 'fair', clockError: 0, start }
  return world
}
