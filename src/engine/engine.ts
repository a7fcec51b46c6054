import { createRequestBudgets, type RequestBudgets } from '../asking/request-budget.js'
import type { ComponentStore } from '../ports/component-store.js'
import type { DownloadStore } from '../ports/download-store.js'
import type { LedgerStore } from '../ports/ledger-store.js'
import type { ProcessTable } from '../ports/process-table.js'
import type { Transport } from '../ports/transport.js'
import type { Category } from '../protocol/routes.js'
import { createDownloadFlights, type DownloadFlights } from './download/flights.js'
import { type HubWarningCode, hubWarningMessage } from './hub/hub-warnings.js'
import { createRecordEngine, type RecordEngine, type RecordPorts } from './record-engine.js'
import type { Settings } from './settings.js'
import { createWarn, type Warn } from './warnings.js'

/** What asking the hub, and using what it gives, can fail by. */
export interface HubPorts {
  readonly transport: Transport
  readonly ledger: LedgerStore
  readonly processes: ProcessTable
  readonly downloads: DownloadStore
  readonly componentStore: ComponentStore
}

/** Everything that can fail, behind interfaces. */
export interface Ports extends RecordPorts, HubPorts {}

/** What the use cases work with. */
export interface Engine extends RecordEngine, HubPorts {
  readonly budgets: RequestBudgets<Category>
  readonly downloadFlights: DownloadFlights
  readonly warnOfHub: Warn<HubWarningCode>
}

/** What a verdict from the record takes, and all the rest. */
export function extendEngine(engine: RecordEngine, hub: HubPorts): Engine {
  const { transport, ledger, processes, downloads, componentStore } = hub
  const ports = { transport, ledger: engine.sharedStore?.ledger ?? ledger, processes, downloads, componentStore }
  return {
    ...engine,
    ...ports,
    budgets: createRequestBudgets(engine.settings, { ...engine, ...ports }),
    downloadFlights: createDownloadFlights(),
    warnOfHub: createWarn(engine.observer, hubWarningMessage),
  }
}

export function createEngine(settings: Settings, ports: Ports): Engine {
  return extendEngine(createRecordEngine(settings, ports), ports)
}
