/** A file that is to be downloaded, and where to. */
export interface DownloadTarget {
  /** An absolute path. */
  readonly directory: string
  readonly filename: string
  /** Bytes. */
  readonly size: number
  /** Lower-case hex. */
  readonly sha256: string
}

/** What has the name of a file that is to be downloaded. */
export interface PresentFile {
  readonly path: string
  /** Whether it is that very file, to the last bit. */
  readonly isWhole: boolean
}

/** Keeps downloaded files, and what there is of those that are not whole yet. Rejects when the disk fails. */
export interface DownloadStore {
  /** `undefined` where the name is free. Else the bytes are read, unless they are too many or too few. */
  find(target: DownloadTarget, signal: AbortSignal): Promise<PresentFile | undefined>
  /** A file that begins with what an earlier attempt has left; `undefined` where that is of no use. */
  resume(target: DownloadTarget, signal: AbortSignal): Promise<PartialFile | undefined>
  /** @param validator - What the server calls this version of the file, where it has a name for it. */
  create(target: DownloadTarget, validator: string | null): Promise<PartialFile>
}

/**
 * A file that is being downloaded. Nobody else writes to it, whatever becomes of locks; under its own name it appears
 * only once it is published.
 */
export interface PartialFile {
  readonly validator: string | null
  /** How many bytes are there. */
  length(): number
  write(bytes: Uint8Array): Promise<void>
  /** Forces all bytes to the disk, and answers their SHA-256 in lower-case hex. Nothing is written after that. */
  seal(): Promise<string>
  /**
   * Gives a sealed file its name, and removes what is left of other attempts. Answers its path, or `undefined` where
   * another file has the name by now, or another process was first and has removed this one. Replaces nothing.
   */
  publish(): Promise<string | undefined>
  /** Leaves what is there to a later attempt. */
  leave(): Promise<void>
  discard(): Promise<void>
}
