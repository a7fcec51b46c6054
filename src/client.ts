import { appDirectory } from './adapters/app-directory.js'
import { diagnosticsObserver } from './adapters/diagnostics-observer.js'
import { fileRecordStore } from './adapters/file-record-store.js'
import { lockOnDemand } from './adapters/lock-on-demand.js'
import { machineSignature } from './adapters/machine-signature.js'
import { nodeHash } from './adapters/node-hash.js'
import { nodeRandom } from './adapters/node-random.js'
import { systemClock } from './adapters/system-clock.js'
import { createClient, type LicenseClient } from './license-client.js'
import type { LicenseClientOptions } from './options.js'
import { readOptions } from './read-options.js'

/**
 * A client for one product on one domain. Makes no request and touches no file until it is asked something.
 *
 * @throws FlavorLicenseError when an option is not valid: `invalid-product-slug`, `invalid-version`, `invalid-domain`,
 * `invalid-hub-url`, `unknown-route`, `invalid-route`, `invalid-limit`, `invalid-trusted-key`, `invalid-option`.
 */
export function createLicenseClient(options: LicenseClientOptions): LicenseClient {
  const settings = readOptions(options)
  const { directory, sharedStore } = options
  const locate = directory === undefined ? appDirectory : () => Promise.resolve(directory)
  const ports = {
    clock: systemClock,
    random: nodeRandom,
    hash: nodeHash,
    signature: machineSignature(),
    store: fileRecordStore(locate),
    lock: lockOnDemand(async () => (await import('./adapters/directory-lock.js')).directoryLock(locate)),
    observer: diagnosticsObserver,
    ...(sharedStore && { sharedStore }),
  }
  // Every start of every product gives a verdict from the record, and few do more: the rest is loaded when it is
  // first needed.
  return createClient(settings, ports, async (engine, verify) =>
    (await import('./load-hub-side.js')).openHubSide(engine, verify, locate, options),
  )
}
