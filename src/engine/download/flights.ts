import { type SingleFlight, singleFlight } from '../../asking/single-flight.js'
import type { DownloadOutcome, DownloadProgress } from '../../domain/download/download.js'

export type ReportProgress = (progress: DownloadProgress) => void

/** Fetches one file. Everybody who waits for it sees how far it is. */
export type FetchFile = (report: ReportProgress, signal: AbortSignal) => Promise<DownloadOutcome>

/** The downloads of one client that are under way: of one file there is one, however many calls want it. */
export interface DownloadFlights {
  /** @param file - Stands for the file and its place. */
  join(
    file: string,
    fetchFile: FetchFile,
    report: ReportProgress | undefined,
    signal: AbortSignal | undefined,
  ): Promise<DownloadOutcome>
}

interface Flight {
  readonly board: SingleFlight<FetchFile, DownloadOutcome>
  readonly reports: Set<ReportProgress>
}

export function createDownloadFlights(): DownloadFlights {
  const flights = new Map<string, Flight>()

  function schedule(): Flight {
    const reports = new Set<ReportProgress>()
    const board = singleFlight((fetchFile: FetchFile, signal) =>
      fetchFile((progress) => {
        for (const report of reports) report(progress)
      }, signal),
    )
    return { board, reports }
  }

  return {
    async join(file, fetchFile, report, signal) {
      const flight = flights.get(file) ?? schedule()
      flights.set(file, flight)
      // A set would take one function that two calls share for one.
      const mine: ReportProgress = (progress) => callSafely(report, progress)
      flight.reports.add(mine)
      try {
        return await flight.board(fetchFile, signal)
      } finally {
        flight.reports.delete(mine)
        if (flight.reports.size === 0) flights.delete(file)
      }
    },
  }
}

/** A progress bar that throws must not break the download. */
function callSafely(report: ReportProgress | undefined, progress: DownloadProgress): void {
  try {
    report?.(progress)
  } catch {
    // Its author has no call here that could receive the error.
  }
}
