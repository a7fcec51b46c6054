export interface DownloadOrder {
  readonly origin: string
  readonly size: number
  readonly sha256: string
  /** Where the file is to be. */
  readonly directory: string
  /** Where the license record is. */
  readonly records: string
  /** At which part of the file the process kills itself, as a crash does; 1 never. */
  readonly killAt: number
}

export interface DownloadReport {
  readonly ms: number
  readonly peakMiB: number
}
