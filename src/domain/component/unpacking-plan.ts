import { type EntryNameProblem, entryNameProblem, entryPath, foldedName } from './archive-entry-name.js'

/** An entry of an archive, as the archive states it. */
export interface ArchiveEntry {
  /** Ends in a slash where it is a directory. */
  readonly name: string
  readonly kind: 'file' | 'directory' | 'link' | 'special'
  readonly executable: boolean
  readonly encrypted: boolean
  /** Whether there is a way to unpack it at all. */
  readonly supported: boolean
  /** Whether the two places that describe it, the archive's directory and the entry's own head, say the same. */
  readonly consistent: boolean
  /** Bytes when unpacked. */
  readonly size: number
  /** Where it begins and ends in the archive, its own head included. */
  readonly start: number
  readonly end: number
}

export type ArchiveProblem =
  | EntryNameProblem
  | 'not-an-archive'
  | 'damaged'
  | 'nothing-inside'
  | 'too-many-entries'
  | 'too-large'
  | 'suspicious-ratio'
  | 'link'
  | 'special-file'
  | 'encrypted'
  | 'unsupported-method'
  | 'contradictory-headers'
  | 'overlapping'
  | 'hidden-bytes'
  | 'duplicate-name'
  | 'file-and-directory'

/** Why an archive is not unpacked. */
export interface ArchiveFault {
  readonly problem: ArchiveProblem
  /** The name of the entry that is to blame, where one is. */
  readonly entry: string | null
}

export interface UnpackingPlan<Entry extends ArchiveEntry = ArchiveEntry> {
  /** Relative paths, parents first. */
  readonly directories: readonly string[]
  readonly files: readonly Entry[]
}

export interface UnpackingLimits {
  readonly entries: number
  /** All files together. */
  readonly bytes: number
  /** Unpacked bytes per byte of the archive. */
  readonly ratio: number
  /** Below this size the ratio does not matter: a small file of one letter compresses a thousandfold. */
  readonly ratioFreeBytes: number
}

/** Far above every component, far below what fills a disk. */
export const unpackingLimits: UnpackingLimits = {
  entries: 10_000,
  bytes: 1024 ** 3,
  ratio: 200,
  ratioFreeBytes: 16 * 1024 ** 2,
}

/**
 * What to write in order to unpack an archive of `archiveBytes`, or why not to. The sizes are what the archive claims:
 * whoever unpacks it must hold each file to its own.
 */
export function planUnpacking<Entry extends ArchiveEntry>(
  entries: readonly Entry[],
  archiveBytes: number,
  limits: UnpackingLimits = unpackingLimits,
): UnpackingPlan<Entry> | ArchiveFault {
  if (entries.length > limits.entries) return { problem: 'too-many-entries', entry: null }
  return (
    entryFault(entries) ??
    sizeFault(entries, archiveBytes, limits) ??
    layoutFault(entries) ??
    placeEntries(entries, limits.entries)
  )
}

export function isArchiveFault(planned: object): planned is ArchiveFault {
  return 'problem' in planned
}

function entryFault(entries: readonly ArchiveEntry[]): ArchiveFault | undefined {
  for (const entry of entries) {
    const problem = entryNameProblem(entry.name) ?? entryProblem(entry)
    if (problem) return { problem, entry: entry.name }
  }
  return entries.some(({ kind }) => kind === 'file') ? undefined : { problem: 'nothing-inside', entry: null }
}

function entryProblem(entry: ArchiveEntry): ArchiveProblem | undefined {
  // What is written after a link, through it, lands wherever it points.
  if (entry.kind === 'link') return 'link'
  if (entry.kind === 'special') return 'special-file'
  if (entry.encrypted) return 'encrypted'
  if (!entry.supported) return 'unsupported-method'
  // One scanner reads the one place, an unpacker the other: each would see another archive.
  if (!entry.consistent) return 'contradictory-headers'
  return entry.name.endsWith('/') === (entry.kind === 'directory') ? undefined : 'contradictory-headers'
}

function sizeFault(
  entries: readonly ArchiveEntry[],
  archiveBytes: number,
  { bytes, ratio, ratioFreeBytes }: UnpackingLimits,
): ArchiveFault | undefined {
  const total = entries.reduce((sum, { size }) => sum + size, 0)
  if (total > bytes) return { problem: 'too-large', entry: null }
  return total > ratioFreeBytes && total > archiveBytes * ratio
    ? { problem: 'suspicious-ratio', entry: null }
    : undefined
}

/** As much as may follow an entry: its checksum and its sizes, where those were not known before. */
export const spareBytes = 24

/**
 * Entries lie one behind the other. Those that share bytes are how a few kilobytes become petabytes without one entry
 * looking suspicious; in bytes that are nobody's lies an archive of which whoever looks in another way sees another half.
 */
function layoutFault(entries: readonly ArchiveEntry[]): ArchiveFault | undefined {
  let end = 0
  for (const entry of [...entries].sort((a, b) => a.start - b.start)) {
    if (entry.start < end) return { problem: 'overlapping', entry: entry.name }
    if (entry.start > end + (end === 0 ? 0 : spareBytes)) return { problem: 'hidden-bytes', entry: entry.name }
    end = entry.end
  }
  return undefined
}

/** @param places - How many files and directories there may be: a name can imply hundreds of directories. */
function placeEntries<Entry extends ArchiveEntry>(
  entries: readonly Entry[],
  places: number,
): UnpackingPlan<Entry> | ArchiveFault {
  const directories = new Set<string>()
  /** How each directory was spelled first, and the files, by folded name. */
  const spellings = new Map<string, string>()
  const files = new Map<string, Entry>()
  const stated = new Set<string>()
  for (const entry of entries) {
    const { name, kind } = entry
    const path = entryPath(name)
    const folded = foldedName(path)
    if (stated.has(folded)) return { problem: 'duplicate-name', entry: name }
    stated.add(folded)
    if (kind === 'file') files.set(folded, entry)
    for (const directory of newDirectories(kind === 'file' ? dirname(path) : path, directories)) {
      const spelling = spellings.get(foldedName(directory)) ?? directory
      // `Lib/a` and `lib/b` are one directory here and two there.
      if (spelling !== directory) return { problem: 'duplicate-name', entry: name }
      spellings.set(foldedName(directory), directory)
      directories.add(directory)
    }
    if (files.size + directories.size > places) return { problem: 'too-many-entries', entry: name }
  }
  const both = [...files].find(([folded]) => spellings.has(folded))
  if (both) return { problem: 'file-and-directory', entry: both[1].name }
  return { directories: [...directories], files: [...files.values()] }
}

/** A directory and those above it, parents first, as far as they are not known yet. */
function newDirectories(path: string, known: ReadonlySet<string>): readonly string[] {
  const missing: string[] = []
  for (let directory = path; directory !== '' && !known.has(directory); directory = dirname(directory)) {
    missing.unshift(directory)
  }
  return missing
}

/** `a/b/c` lies in `a/b`, and that in `a`, which lies in nothing. */
function dirname(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
