import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import { composeClient } from '../../src/compose-client.js'
import type { ClientWarning, RequestReport } from '../../src/domain/client-event.js'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js'
import type { LicenseClient } from '../../src/license-client.js'
import type { LicenseClientOptions } from '../../src/options.js'
import type { RecordStore } from '../../src/ports/record-store.js'
import { readOptions } from '../../src/read-options.js'
import { clientPorts } from '../support/client-ports.js'
import { type ManualClock, manualClock, startOfTime } from '../support/manual-clock.js'

export const hubUrl = 'https://hub.example/api/v1'
export const starterKey = 'FLVR-ABCD-EFGH-IJKL-MNOP'
export const businessKey = 'FLVR-BUSI-NESS-0000-0001'

/** One machine, one hub, and a time that only the story moves. */
export interface Story {
  readonly hub: Emulator
  readonly clock: ManualClock
  readonly store: RecordStore
  readonly warnings: readonly ClientWarning[]
  readonly requests: readonly RequestReport[]
  /** A process of the product. All of a story's processes share the machine's files. */
  start(options?: Partial<LicenseClientOptions> & { readonly pinned?: boolean }): LicenseClient
  /** How many domains a key is active on, as the hub counts. */
  slots(key: string): number
}

/** @param clockErrorMs - How far the machine's clock is off. The hub's is right. */
export function tellStory(emulatorOptions: EmulatorOptions = {}, clockErrorMs = 0): Story {
  const clock = manualClock({ at: startOfTime + clockErrorMs })
  const hubClock = { now: () => startOfTime + clock.monotonic() }
  const hub = createEmulator({ baseUrl: hubUrl, clock: hubClock, rateLimit: { strategy: 'off' }, ...emulatorOptions })
  const store = memoryRecordStore()
  const warnings: ClientWarning[] = []
  const requests: RequestReport[] = []
  return {
    hub,
    clock,
    store,
    warnings,
    requests,
    start({ pinned = true, ...options } = {}) {
      const settings = readOptions({
        product: { slug: 'flavor-starter', version: '1.4.2' },
        domain: 'mysite.com',
        hub: { url: hubUrl, ...(pinned && { trustedKeys: hub.keys }) },
        ...options,
      })
      const client = composeClient(settings, clientPorts({ clock, store, transport: fetchTransport(hub.fetch) }))
      client.on('warning', (warning) => warnings.push(warning))
      client.on('request', (request) => requests.push(request))
      return client
    },
    slots: (key) => hub.licenses().find((license) => license.key === key)?.activations.length ?? 0,
  }
}
