import { createRequestBudgets, type RequestBudgets } from '../asking/request-budget.js'
import type { DomainName } from '../domain/domain-name.js'
import type { Clock } from '../ports/clock.js'
import type { ComponentStore } from '../ports/component-store.js'
import type { DownloadStore } from '../ports/download-store.js'
import type { Hash } from '../ports/hash.js'
import type { LedgerStore } from '../ports/ledger-store.js'
import type { Lock } from '../ports/lock.js'
import type { Observer } from '../ports/observer.js'
import type { Random } from '../ports/random.js'
import type { RecordStore } from '../ports/record-store.js'
import type { Signature } from '../ports/signature.js'
import type { Transport } from '../ports/transport.js'
import type { Category } from '../protocol/routes.js'
import { createDownloadFlights, type DownloadFlights } from './download/flights.js'
import { createIdentitySource, type Identity } from './identity.js'
import { createRecordKeeper, type RecordKeeper } from './record-keeper.js'
import { recordShelf } from './record-shelf.js'
import type { Settings } from './settings.js'
import { createWarn, type Warn } from './warnings.js'

/** Everything that can fail, behind interfaces. */
export interface Ports {
  readonly clock: Clock
  readonly random: Random
  readonly hash: Hash
  readonly signature: Signature
  readonly transport: Transport
  readonly store: RecordStore
  readonly lock: Lock
  readonly ledger: LedgerStore
  readonly downloads: DownloadStore
  readonly componentStore: ComponentStore
  readonly observer: Observer
}

/** What the use cases work with: one client's settings, its ports, and what it remembers. */
export interface Engine extends Ports {
  readonly settings: Settings
  readonly identity: () => Promise<Identity>
  readonly keeper: RecordKeeper
  readonly budgets: RequestBudgets<Category>
  readonly downloadFlights: DownloadFlights
  readonly warn: Warn
  /** The domain of the license; `auto` until the identity that it stands for has been read. */
  readonly knownDomain: () => DomainName | 'auto'
}

export function createEngine(settings: Settings, ports: Ports): Engine {
  const warn = createWarn(ports.observer)
  let knownDomain = settings.domain
  const source = createIdentitySource(settings, ports, warn)
  const identity = async () => {
    const self = await source()
    knownDomain = self.domain
    return self
  }
  const openShelf = async () => {
    if (settings.hubKeys.size === 0) warn('unpinned-hub')
    return recordShelf(settings, ports, await identity(), warn)
  }
  return {
    ...ports,
    settings,
    identity,
    keeper: createRecordKeeper(openShelf, ports.lock, warn),
    knownDomain: () => knownDomain,
    budgets: createRequestBudgets(settings, ports),
    downloadFlights: createDownloadFlights(),
    warn,
  }
}
