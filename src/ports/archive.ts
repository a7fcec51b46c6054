import type { ArchiveEntry, ArchiveFault } from '../domain/component/unpacking-plan.js'

/** An entry of an archive that is open for reading. */
export interface PackedEntry extends ArchiveEntry {
  /**
   * What is in it, piece by piece, so that memory stays bounded. Throws an {@link ArchiveDamage} when it is not what the
   * archive says that it is: longer, shorter, or with another checksum.
   */
  content(): AsyncIterable<Uint8Array>
}

/** A file that holds other files, open for reading. */
export interface OpenArchive {
  /** Bytes of the archive itself. */
  readonly size: number
  readonly entries: readonly PackedEntry[]
}

/** What an archive holds contradicts what it says. */
export class ArchiveDamage extends Error {
  override readonly name: string = 'ArchiveDamage'
}

export interface ArchiveReader {
  /**
   * Opens the archive at `path` for as long as `use` takes. A fault when it is none, or lists more than `maxEntries`.
   * Rejects when the disk fails.
   */
  read<Result>(
    path: string,
    maxEntries: number,
    use: (archive: OpenArchive) => Promise<Result>,
  ): Promise<Result | ArchiveFault>
}
