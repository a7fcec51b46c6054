/** What a record writer is told, as the program's one argument. */
export interface WritingOrder {
  readonly directory: string
  /** `open` always grants: writers then have nothing but the order of records. */
  readonly lock: 'directory' | 'open'
  readonly saves: number
}

/** What it has seen. */
export interface WritingReport {
  /** Warnings of the library by code: a record that could not be read, written or believed. */
  readonly warnings: Readonly<Record<string, number>>
  /** Reads that found an older record than one that was known to be on disk. */
  readonly regressions: number
  /** Reads that found no record although there was one. */
  readonly misses: number
  /** The place in the order of records of the newest that it has published. */
  readonly newest: string
}
