import { onTestFinished } from 'vitest'
import { directoryLock } from '../../src/adapters/directory-lock.js'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { fileLedgerStore } from '../../src/adapters/file-ledger-store.js'
import { fileRecordStore } from '../../src/adapters/file-record-store.js'
import type { SharedStore } from '../../src/adapters/redis/index.js'
import { systemClock } from '../../src/adapters/system-clock.js'
import { composeClient } from '../../src/compose-client.js'
import type { Emulator } from '../../src/emulator/index.js'
import type { LicenseClient, LicenseClientOptions } from '../../src/index.js'
import type { Clock } from '../../src/ports/clock.js'
import { readOptions } from '../../src/read-options.js'
import { clientPorts } from '../support/client-ports.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

/** A machine with a disk and a clock of its own. */
export interface Machine {
  readonly directory: string
  /** A process of the product. */
  start(options?: Partial<LicenseClientOptions>): LicenseClient & { readonly warnings: readonly string[] }
}

let machines = 0

/** @param clockError - How many milliseconds its clocks are off, both of them. */
export function startMachine(hub: Emulator, sharedStore: () => SharedStore, clockError = () => 0): Machine {
  machines += 1
  const boot = `boot of machine ${machines}`
  const directory = temporaryDirectory()
  const locate = () => Promise.resolve(directory)
  const clock: Clock = {
    ...systemClock,
    now: () => systemClock.now() + clockError(),
    monotonic: () => systemClock.monotonic() + clockError(),
    boot: () => boot,
  }
  return {
    directory,
    start(options = {}) {
      const settings = readOptions({
        product: { slug: 'flavor-starter', version: '1.4.2' },
        domain: 'mysite.com',
        ...options,
        hub: { url: 'https://hub.example/api/v1', trustedKeys: hub.keys, ...options.hub },
      })
      const client = composeClient(
        settings,
        clientPorts({
          clock,
          transport: fetchTransport(hub.fetch),
          store: fileRecordStore(locate),
          lock: directoryLock(locate),
          ledger: fileLedgerStore(locate),
          sharedStore: sharedStore(),
        }),
      )
      const warnings: string[] = []
      client.on('warning', ({ code }) => warnings.push(code))
      onTestFinished(() => client.close())
      return { ...client, warnings }
    },
  }
}
