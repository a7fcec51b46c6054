import { componentDirectory } from '../../src/adapters/component-directory.js'
import { downloadDirectory } from '../../src/adapters/download-directory.js'
import { knownSignature } from '../../src/adapters/machine-signature.js'
import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import { nodeHash } from '../../src/adapters/node-hash.js'
import { nodeRandom } from '../../src/adapters/node-random.js'
import { nodeSignature } from '../../src/adapters/node-signature.js'
import { openLock } from '../../src/adapters/open-lock.js'
import { processTable } from '../../src/adapters/process-table.js'
import type { Ports } from '../../src/engine/engine.js'

import { manualClock } from './manual-clock.js'

export type ClientPorts = Omit<Ports, 'observer'>

/** The ports of a client that keeps its records in memory and whose time only the test moves. */
export function clientPorts(ports: Pick<ClientPorts, 'transport'> & Partial<ClientPorts>): ClientPorts {
  return {
    clock: manualClock(),
    random: nodeRandom,
    hash: nodeHash,
    signature: knownSignature(nodeSignature),
    store: memoryRecordStore(),
    lock: openLock,
    ledger: memoryLedgerStore(),
    processes: processTable,
    downloads: downloadDirectory,
    componentStore: componentDirectory(),
    ...ports,
  }
}
