import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { composeClient } from '../../src/compose-client.js'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/index.js'
import type { ClientWarning, RequestReport, Verdict } from '../../src/index.js'
import type { LicenseClient } from '../../src/license-client.js'
import type { LicenseClientOptions } from '../../src/options.js'
import { readOptions } from '../../src/read-options.js'
import { type ClientPorts, clientPorts } from '../support/client-ports.js'
import { type ManualClock, manualClock } from '../support/manual-clock.js'

export const key = 'FLVR-ABCD-EFGH-IJKL-MNOP'
export const otherKey = 'FLVR-BUSI-NESS-0000-0001'

/** What a client has told its listeners, by the name of the event. */
export interface Told {
  readonly verdict: Verdict[]
  readonly warning: ClientWarning[]
  readonly request: RequestReport[]
}

export interface EmulatedHub {
  readonly emulator: Emulator
  readonly clock: ManualClock
  /** A client of this hub that pins its keys; its ports are as for any test unless others are given. */
  client(options?: Partial<LicenseClientOptions>, ports?: Partial<ClientPorts>): LicenseClient & { readonly told: Told }
  /** How many requests have come in. */
  asked(): number
}

/** The real emulator on a clock of the test's own, reached without a network. */
export function emulatedHub(options: EmulatorOptions = {}, clock: ManualClock = manualClock()): EmulatedHub {
  const emulator = createEmulator({ clock, rateLimit: { strategy: 'off' }, ...options })
  return {
    emulator,
    clock,
    client(clientOptions = {}, ports = {}) {
      const settings = readOptions({
        product: { slug: 'flavor-starter', version: '1.4.2' },
        domain: 'mysite.com',
        ...clientOptions,
        hub: { url: 'https://hub.example/api/v1', trustedKeys: emulator.keys, ...clientOptions.hub },
      })
      const client = composeClient(
        settings,
        clientPorts({ clock, transport: fetchTransport(emulator.fetch), ...ports }),
      )
      const told: Told = { verdict: [], warning: [], request: [] }
      client.on('verdict', (verdict) => told.verdict.push(verdict))
      client.on('warning', (warning) => told.warning.push(warning))
      client.on('request', (report) => told.request.push(report))
      return { ...client, told }
    },
    asked: () => emulator.arrivals.length,
  }
}
