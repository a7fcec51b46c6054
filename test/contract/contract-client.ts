import { composeClient } from '../../src/compose-client.js'
import type { RequestReport } from '../../src/index.js'
import type { LicenseClient } from '../../src/license-client.js'
import type { LicenseClientOptions } from '../../src/options.js'
import { readOptions } from '../../src/read-options.js'
import { clientPorts } from '../support/client-ports.js'
import { fixedRandom } from '../support/fixed-random.js'
import { type ManualClock, manualClock } from '../support/manual-clock.js'
import { json, key, licenseJson } from './documented-answers.js'
import type { HubDouble } from './transport-way.js'

/** A client whose every input is under the test's control. */
export interface ContractClient extends LicenseClient {
  readonly clock: ManualClock
  readonly reports: readonly RequestReport[]
  /** Everything that it has told its listeners. */
  readonly events: readonly unknown[]
}

export function contractClient(hub: HubDouble, options: Partial<LicenseClientOptions> = {}): ContractClient {
  const clock = manualClock()
  const settings = readOptions({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'https://www.MySite.com:8443/shop/',
    installationId: 'installation-1',
    ...options,
    hub: { url: hub.url, ...options.hub },
  })
  const client = composeClient(settings, clientPorts({ clock, random: fixedRandom, transport: hub.transport }))
  const events: unknown[] = []
  const reports: RequestReport[] = []
  for (const name of ['verdict', 'update', 'warning', 'request'] as const)
    client.on(name, (event) => events.push(event))
  client.on('request', (report) => reports.push(report))
  return { ...client, clock, events, reports }
}

/** A client on which the hub has activated the key. */
export async function activatedClient(
  hub: HubDouble,
  options?: Partial<LicenseClientOptions>,
): Promise<ContractClient> {
  const client = contractClient(hub, options)
  hub.reply(json(200, licenseJson))
  await client.activate(key)
  return client
}
