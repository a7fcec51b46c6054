/**
 * Small named files that are each written once, whole, and never changed: a newer state is a new file. So a reader
 * needs no lock and can never see a torn one.
 */
export interface RecordStore {
  /** Names that begin with `prefix`, in no particular order. */
  list(prefix: string): Promise<readonly string[]>
  /** `undefined` when there is no such file (any more). */
  read(name: string): Promise<Uint8Array | undefined>
  /** Atomic and durable: after a crash at any point the file is there, whole, or not at all. */
  publish(name: string, content: Uint8Array): Promise<void>
  /** Publishes only where there is no such file yet. Answers what is there now: of several writers, one wins. */
  publishOnce(name: string, content: Uint8Array): Promise<Uint8Array>
  /** No error when the file is gone already. */
  remove(name: string): Promise<void>
  /** Takes a file that cannot be read out of the way, and keeps it under a longer name for whoever wants to know why. */
  setAside(name: string): Promise<void>
  /** Where the files are and how they fare, for a diagnosis. Never rejects. */
  describe(): Promise<StoreDescription>
}

export interface StoreDescription {
  /** `null` where nothing is kept on disk. */
  readonly directory: string | null
  /** Permission bits of the directory in octal, such as `0700`; `null` when they cannot be read. */
  readonly mode: string | null
  readonly writable: boolean
  /** What the operating system says against it. */
  readonly problem: string | null
  readonly files: readonly { readonly name: string; readonly mode: string }[]
}
