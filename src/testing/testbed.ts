import { componentDirectory } from '../adapters/component-directory.js'
import { downloadDirectory } from '../adapters/download-directory.js'
import { fetchTransport } from '../adapters/fetch-transport.js'
import { knownSignature } from '../adapters/machine-signature.js'
import { memoryLedgerStore } from '../adapters/memory-ledger-store.js'
import { memoryRecordStore } from '../adapters/memory-record-store.js'
import { nodeHash } from '../adapters/node-hash.js'
import { nodeRandom } from '../adapters/node-random.js'
import { nodeSignature } from '../adapters/node-signature.js'
import { openLock } from '../adapters/open-lock.js'
import { processTable } from '../adapters/process-table.js'
import { composeClient } from '../compose-client.js'
import { createEmulator, type Emulator } from '../emulator/index.js'
import type { LicenseClient } from '../license-client.js'
import { readOptions } from '../read-options.js'
import { type Duration, durationMs } from './duration.js'
import { type LicenseGrant, testLicense } from './license-grant.js'
import { manualClock, startOfTime } from './manual-clock.js'
import { switchableNetwork } from './switchable-network.js'
import { requireTestbedOptions, type TestbedOptions } from './testbed-options.js'

/**
 * A hub, a machine and a product, in a time that only the test moves. Nothing of it touches a network, nor a disk but where
 * a download or a component is put.
 */
export interface Testbed {
  /** The product's license client: what `createLicenseClient` gives the product elsewhere. */
  readonly license: LicenseClient
  /** The hub, for everything else that may happen there: `setLicense`, `addRelease`, `faults`, `arrivals`. */
  readonly hub: Emulator
  /**
   * Sells the customer a license and activates it on this machine. Answers its key.
   *
   * Rejects with a TestbedError (`invalid-grant`) or an EmulatorChangeError (`invalid-license`) when a license has no such
   * field, or it is not what one can be.
   */
  grantLicense(grant?: LicenseGrant): Promise<string>
  /** The network is gone, for this machine alone. */
  goOffline(): void
  /** The network is back. */
  goOnline(): void
  /**
   * Lets time pass, for the hub and the machine: background checks that are due by then take place. Rejects with a
   * TestbedError (`invalid-duration`) when it is not days, hours and minutes that can pass.
   */
  advance(duration: Duration): Promise<void>
  /** Epoch milliseconds. */
  now(): number
  /** Ends the product and starts it again: a client that knows what is on the disk, and nothing more. */
  restart(): Promise<LicenseClient>
  /** Ends the product. */
  close(): Promise<void>
}

const hubUrl = 'https://hub.example/api/v1'

/**
 * A place to try what a product does on day 20 without a network.
 *
 * @throws TestbedError (`invalid-option`) when there is no option of that name, or one of the testbed's own is not valid.
 * @throws FlavorLicenseError as `createLicenseClient` does, when an option is not valid.
 */
export function createTestbed(options: TestbedOptions = {}): Testbed {
  requireTestbedOptions(options)
  const {
    startsAt = startOfTime,
    pinned = true,
    product = { slug: 'test-product', version: '1.0.0' },
    domain = 'mysite.com',
    catalog = [],
    ...rest
  } = options
  // A call that waits for its place in the budget moves the time itself: nobody else would.
  const clock = manualClock({ at: startsAt, selfWinding: true })
  const hub = createEmulator({
    baseUrl: hubUrl,
    clock,
    signing: pinned,
    seed: {
      signing_keys: [{ kid: 'testbed', seed: 'dGhlIGtleSBvZiBhIHRlc3RiZWQsIGtub3duIHRvIGE' }],
      products: [
        { slug: product.slug, name: product.slug, releases: [{ version: product.version }], components: catalog },
      ],
      licenses: [],
    },
  })
  const network = switchableNetwork(hub.fetch)
  const settings = readOptions({ ...rest, product, domain, hub: { url: hubUrl, trustedKeys: hub.keys } })
  const machine = {
    clock,
    random: nodeRandom,
    hash: nodeHash,
    signature: knownSignature(nodeSignature),
    store: memoryRecordStore(),
    lock: openLock,
    ledger: memoryLedgerStore(),
    processes: processTable,
    downloads: downloadDirectory,
    componentStore: componentDirectory(),
  }
  let license = start()
  let inBackground = false
  let granted = 0

  function start(): LicenseClient {
    const client = composeClient(settings, { ...machine, transport: fetchTransport(network.fetch) })
    return {
      ...client,
      start() {
        client.start()
        inBackground = true
      },
      close() {
        inBackground = false
        return client.close()
      },
    }
  }

  /** Resolves once nothing happens any more without time passing. */
  async function settled(): Promise<void> {
    // What an answer sets off runs in the turns after it: the record is written, the next check is planned. A client
    // that checks in the background has always planned one when it is done.
    let quietTurns = 0
    while (quietTurns < 5) {
      await new Promise((resolve) => setImmediate(resolve))
      const busy = network.isBusy() || (inBackground && clock.untilNext() === undefined)
      quietTurns = busy ? 0 : quietTurns + 1
    }
  }

  return {
    get license() {
      return license
    },
    hub,
    async grantLicense(grant = {}) {
      const sold = testLicense(granted + 1, product.slug, grant, clock.now())
      granted += 1
      hub.addLicense(sold)
      const activation = await license.activate(sold.key)
      if (activation.outcome === 'activated') return sold.key
      throw new Error(`The license could not be activated: ${activation.message}`)
    },
    goOffline: () => network.setOnline(false),
    goOnline: () => network.setOnline(true),
    async advance(duration) {
      let left = durationMs(duration)
      await settled()
      for (let due = clock.untilNext(); due !== undefined && due <= left; due = clock.untilNext()) {
        clock.advance(due)
        left -= due
        await settled()
      }
      clock.advance(left)
      await settled()
    },
    now: () => clock.now(),
    async restart() {
      await license.close()
      license = start()
      return license
    },
    close: () => license.close(),
  }
}
