import type { DownloadOutcome } from '../domain/download/download.js'
import type { Explanation } from '../domain/license/explanation.js'
import type { OfflineRequest } from '../domain/license/offline-request.js'
import type {
  ActivateOfflineOutcome,
  ActivateOutcome,
  DeactivateOutcome,
  ResetOutcome,
  UpdateInfoOutcome,
} from '../domain/license/outcome.js'
import type { Release } from '../domain/update/release.js'
import type { Engine } from './engine.js'
import { type AskAboutRecord, createAskAboutRecord } from './hub/ask-about-record.js'
import { activateLicense } from './license/activate.js'
import { activateLicenseOffline } from './license/activate-offline.js'
import type { AskOptions } from './license/ask-license.js'
import { deactivateLicense } from './license/deactivate.js'
import { explainVerdict } from './license/explain.js'
import { describeOfflineRequest } from './license/offline-request.js'
import { resetLicense } from './license/reset.js'
import type { Verify } from './license/verify.js'
import type { RecordEngine } from './record-engine.js'
import { createScheduler, type Scheduler } from './scheduler.js'
import { createUpdateChecks, type UpdateChecks } from './updates/check-updates.js'
import { downloadUpdate, type UpdateDownloadTerms } from './updates/download-update.js'
import { describeUpdate } from './updates/update-info.js'

/** Everything that a client does but the verdict from the record. */
export interface UseCases extends UpdateChecks {
  readonly engine: Engine
  readonly scheduler: Scheduler
  readonly askAboutRecord: AskAboutRecord
  activate(licenseKey: string, options: AskOptions): Promise<ActivateOutcome>
  deactivate(options: AskOptions): Promise<DeactivateOutcome>
  activateOffline(token: string): Promise<ActivateOfflineOutcome>
  offlineRequest(): Promise<OfflineRequest>
  updateInfo(version: string | null, options: AskOptions): Promise<UpdateInfoOutcome>
  downloadUpdate(release: Release, terms: UpdateDownloadTerms): Promise<DownloadOutcome>
  reset(): Promise<ResetOutcome>
  explain(packageVersion: string): Promise<Explanation>
  /** Ends the background checks and all connections. */
  readonly close: () => Promise<void>
}

/** Brings the use cases to a client that has given verdicts from the record so far. */
export type OpenUseCases = (engine: RecordEngine, verify: Verify) => Promise<UseCases>

export function createUseCases(engine: Engine, verify: Verify): UseCases {
  const checks = createUpdateChecks(engine)
  const scheduler = createScheduler(engine, { verify, checkUpdates: checks.checkUpdates })
  return {
    engine,
    scheduler,
    ...checks,
    askAboutRecord: createAskAboutRecord(engine),
    activate: (licenseKey, options) => activateLicense(engine, licenseKey, options),
    deactivate: (options) => deactivateLicense(engine, options),
    activateOffline: (token) => activateLicenseOffline(engine, token),
    offlineRequest: () => describeOfflineRequest(engine),
    updateInfo: (version, options) => describeUpdate(engine, version, options),
    downloadUpdate: (release, terms) => downloadUpdate(engine, release, terms),
    reset: () => resetLicense(engine),
    explain: (packageVersion) => explainVerdict(engine, packageVersion),
    async close() {
      scheduler.close()
      await engine.transport.close()
    },
  }
}
