import { digestText } from '../../asking/digest.js'
import type { Priority } from '../../domain/budget/ledger.js'
import {
  type DownloadOutcome,
  type DownloadProgress,
  failedDownload,
  nameTaken,
  refusedDownload,
} from '../../domain/download/download.js'
import { isSafeFilename } from '../../domain/download/download-name.js'
import { defaultDownloadDeadlineMs } from '../../domain/download/download-pace.js'
import { isFlavorLicenseError } from '../../domain/errors.js'
import type { Release } from '../../domain/update/release.js'
import type { DownloadTarget } from '../../ports/download-store.js'
import type { Engine } from '../engine.js'
import { deferral } from '../hub/deferral.js'
import { keyOnRecord } from '../license/key-on-record.js'
import { releaseObjection } from '../updates/release-proof.js'
import { fetchFile } from './fetch-file.js'
import type { ReportProgress } from './flights.js'

export interface DownloadTerms {
  /** Where the file is to be, an absolute path. Made when it is missing. */
  readonly directory: string
  readonly onProgress?: ((progress: DownloadProgress) => void) | undefined
  readonly signal?: AbortSignal | undefined
  /** For the whole download, waiting for other processes included. */
  readonly deadlineMs?: number | undefined
  readonly priority?: Priority | undefined
}

/** How long to wait for a lock before looking whether the caller has given up. */
const lockTurnMs = 1_000

/**
 * Downloads the file of a release, of the product or of one of its components. Only a file with the size and the SHA-256
 * of the release ever gets its name. Rejects only when `signal` aborts.
 */
export async function downloadRelease(
  engine: Engine,
  release: Release,
  terms: DownloadTerms,
): Promise<DownloadOutcome> {
  const objection = await releaseObjection(engine, release)
  if (objection) return refusedDownload(objection)
  const { filename, sha256, size } = release
  if (!isSafeFilename(filename)) return refusedDownload('unsafe-filename')
  const target: DownloadTarget = { directory: terms.directory, filename, size, sha256 }
  const file = JSON.stringify([target.directory, filename, sha256])
  return engine.downloadFlights.join(
    file,
    (report, signal) => orFailed(signal, () => fetchOnce(engine, { file, release, target, terms, report, signal })),
    terms.onProgress,
    terms.signal,
  )
}

interface Errand {
  readonly file: string
  readonly release: Release
  readonly target: DownloadTarget
  readonly terms: DownloadTerms
  readonly report: ReportProgress
  readonly signal: AbortSignal
}

/** Of all processes that want the same file at once, one fetches it, and the others find it. */
async function fetchOnce(engine: Engine, errand: Errand): Promise<DownloadOutcome> {
  const { clock, hash, lock } = engine
  const { deadlineMs = defaultDownloadDeadlineMs } = errand.terms
  const name = `download-v1-${digestText(hash, errand.file).slice(0, 16)}`
  const started = clock.monotonic()
  for (;;) {
    errand.signal.throwIfAborted()
    const found = await findFile(engine, errand)
    if (found) return found
    const remainingMs = deadlineMs - (clock.monotonic() - started)
    const outcome = await lock.hold(name, Math.min(lockTurnMs, remainingMs), async (state) =>
      state === 'contended'
        ? undefined
        : ((await findFile(engine, errand)) ??
          fetchMissing(engine, errand, deadlineMs - (clock.monotonic() - started))),
    )
    if (outcome) return outcome
    if (clock.monotonic() - started >= deadlineMs) {
      return deferral({ kind: 'setback', setback: { reason: 'timeout', retryAt: clock.now() } })
    }
  }
}

async function findFile(
  { downloads }: Engine,
  { release, target, report, signal }: Errand,
): Promise<DownloadOutcome | undefined> {
  const found = await downloads.find(target, signal)
  if (!found) return undefined
  const { path, isWhole } = found
  if (!isWhole) return nameTaken(path)
  report({ stage: 'verified', bytes: target.size, total: target.size })
  return { outcome: 'downloaded', release, path }
}

async function fetchMissing(engine: Engine, errand: Errand, deadlineMs: number): Promise<DownloadOutcome> {
  const { release, target, terms, report, signal } = errand
  const known = keyOnRecord(await engine.keeper.load())
  if ('none' in known) return refusedDownload(known.none)
  const { licenseKey } = known
  const { priority = 'interactive' } = terms
  return fetchFile(engine, { release, target, licenseKey, deadlineMs, priority }, report, signal)
}

/** What the operating system says against a file is an outcome; that the caller gave up, or misused us, is not. */
async function orFailed(signal: AbortSignal, operation: () => Promise<DownloadOutcome>): Promise<DownloadOutcome> {
  try {
    return await operation()
  } catch (error) {
    if (signal.aborted || isFlavorLicenseError(error)) throw error
    return failedDownload(error instanceof Error ? error.message : String(error))
  }
}
