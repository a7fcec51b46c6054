import { componentDirectory } from './adapters/component-directory.js'
import { downloadDirectory } from './adapters/download-directory.js'
import { fetchTransport } from './adapters/fetch-transport.js'
import { fileLedgerStore } from './adapters/file-ledger-store.js'
import { processTable } from './adapters/process-table.js'
import { undiciTransport } from './adapters/undici-transport.js'
import { extendEngine } from './engine/engine.js'
import type { Verify } from './engine/license/verify.js'
import type { RecordEngine } from './engine/record-engine.js'
import { createUseCases, type UseCases } from './engine/use-cases.js'
import type { LicenseClientOptions } from './options.js'

/** The other half of a client: what asks the hub, and what is done with its answers. */
export function openHubSide(
  engine: RecordEngine,
  verify: Verify,
  locate: () => Promise<string>,
  { dispatcher, fetch }: Pick<LicenseClientOptions, 'dispatcher' | 'fetch'>,
): UseCases {
  const ports = {
    transport: fetch ? fetchTransport(fetch) : undiciTransport(dispatcher),
    ledger: fileLedgerStore(locate),
    processes: processTable,
    downloads: downloadDirectory,
    componentStore: componentDirectory(),
  }
  return createUseCases(extendEngine(engine, ports), verify)
}
