import { componentDirectory } from '../../src/adapters/component-directory.js'
import { downloadDirectory } from '../../src/adapters/download-directory.js'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import { fileLedgerStore } from '../../src/adapters/file-ledger-store.js'
import { fileRecordStore } from '../../src/adapters/file-record-store.js'
import type { FileSystem } from '../../src/adapters/file-system.js'
import { knownSignature } from '../../src/adapters/machine-signature.js'
import { nodeHash } from '../../src/adapters/node-hash.js'
import { nodeRandom } from '../../src/adapters/node-random.js'
import { nodeSignature } from '../../src/adapters/node-signature.js'
import { openLock } from '../../src/adapters/open-lock.js'
import { processTable } from '../../src/adapters/process-table.js'
import { type ClientPorts, composeClient } from '../../src/compose-client.js'
import { createEmulator } from '../../src/emulator/index.js'
import type { LicenseClient } from '../../src/license-client.js'
import { readOptions } from '../../src/read-options.js'
import { memoryDisk } from '../simulation/memory-disk.js'
import { hourMs, manualClock } from '../support/manual-clock.js'

const hubUrl = 'https://hub.example/api/v1'
const directory = '/data/flavor-license'
const starterKey = 'FLVR-ABCD-EFGH-IJKL-MNOP'
const businessKey = 'FLVR-BUSI-NESS-0000-0001'

/** The seams of a client, before one of them is made to fail. */
export interface Seams {
  readonly files: FileSystem
  readonly ports: Pick<ClientPorts, 'clock' | 'random' | 'hash' | 'signature' | 'transport'>
}

/** What a life came to. */
export interface Life {
  readonly outcomes: readonly string[]
  /** The verdict of a healthy process after it, on the same disk. */
  readonly survivor: string
}

/** One machine and one hub; a life is lived on seams that `wrap` may have tampered with. */
export async function liveOnce(wrap: (seams: Seams) => Seams): Promise<Life> {
  const clock = manualClock({ selfWinding: true })
  const disk = memoryDisk(clock)
  const hub = createEmulator({ baseUrl: hubUrl, clock, rateLimit: { strategy: 'off' } })
  const seams = (): Seams => ({
    files: disk.files,
    ports: {
      clock,
      random: nodeRandom,
      hash: nodeHash,
      signature: knownSignature(nodeSignature),
      transport: fetchTransport(hub.fetch),
    },
  })
  const settings = readOptions({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hubUrl, trustedKeys: hub.keys },
  })
  const start = ({ files, ports }: Seams): LicenseClient => {
    const locate = () => Promise.resolve(directory)
    return composeClient(settings, {
      ...ports,
      store: fileRecordStore(locate, files),
      lock: openLock,
      ledger: fileLedgerStore(locate, files),
      processes: processTable,
      downloads: downloadDirectory,
      componentStore: componentDirectory(),
    })
  }

  const outcomes: string[] = []
  const client = start(wrap(seams()))
  outcomes.push((await client.activate(starterKey)).outcome)
  outcomes.push((await client.verify()).state)
  clock.advance(13 * hourMs)
  outcomes.push((await client.verify()).state)
  outcomes.push((await client.activate(businessKey)).outcome)
  outcomes.push((await client.checkUpdates()).outcome)
  clock.advance(13 * hourMs)
  outcomes.push((await client.verify({ wait: false })).state)
  outcomes.push((await client.verify({ fresh: true })).state)
  outcomes.push(client.status().state)
  outcomes.push((await client.deactivate()).outcome)
  outcomes.push((await client.activate(starterKey)).outcome)
  await client.close()
  return { outcomes, survivor: (await start(seams()).verify()).state }
}
