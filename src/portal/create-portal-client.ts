import { appDirectory } from '../adapters/app-directory.js'
import { fetchTransport } from '../adapters/fetch-transport.js'
import { fileLedgerStore } from '../adapters/file-ledger-store.js'
import { memoryTokenStore } from '../adapters/memory-token-store.js'
import { nodeHash } from '../adapters/node-hash.js'
import { nodeRandom } from '../adapters/node-random.js'
import { systemClock } from '../adapters/system-clock.js'
import { undiciTransport } from '../adapters/undici-transport.js'
import type { PortalClientOptions } from './options.js'
import { composePortalClient, type PortalClient } from './portal-client.js'
import { readPortalSettings } from './settings.js'

/**
 * A client of the portal, for one account. Makes no request and touches no file until it is asked something.
 *
 * @throws FlavorLicenseError when an option is not valid: `invalid-hub-url`, `unknown-route`, `invalid-route`,
 * `invalid-limit`, `invalid-option`.
 */
export function createPortalClient(options: PortalClientOptions): PortalClient {
  const settings = readPortalSettings(options)
  const { directory, dispatcher, fetch, sharedStore, tokenStore } = options
  const locate = directory === undefined ? appDirectory : () => Promise.resolve(directory)
  return composePortalClient(settings, {
    clock: systemClock,
    random: nodeRandom,
    hash: nodeHash,
    transport: fetch ? fetchTransport(fetch) : undiciTransport(dispatcher),
    ledger: sharedStore?.ledger ?? fileLedgerStore(locate),
    tokens: tokenStore ?? memoryTokenStore(),
  })
}
