/** A version of something that processes take turns to advance. */
export interface LedgerVersion {
  /** 0 when nothing has been written yet. */
  readonly version: number
  /** `undefined` when nothing has been written yet. */
  readonly content: Uint8Array | undefined
  /** The present as the store has it, where its processes do not share the clock of one machine. */
  readonly present?: Present
}

/** A time that all processes agree on which share a store. */
export interface Present {
  /** Changes when the times before and after cannot be compared any more. */
  readonly timeline: string
  /** Milliseconds, by the store's own clock. Read after the call began and before it ended. */
  readonly time: number
}

/**
 * Small states, by name, that every process of this machine sees and that advance one version at a time. Of several
 * processes that advance the same version at once, one succeeds: no lock is needed to take turns.
 */
export interface LedgerStore {
  read(name: string): Promise<LedgerVersion>
  /**
   * Makes `content` the version after `version`. False when another process has advanced it, or may have: then nobody
   * may act on `content`.
   */
  advance(name: string, version: number, content: Uint8Array): Promise<boolean>
}
