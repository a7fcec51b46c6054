import { crc32 } from 'node:zlib'
import yauzl, { type Entry, type LocalFileHeader, type ZipFile } from 'yauzl'
import type { ArchiveEntry, ArchiveFault } from '../domain/component/unpacking-plan.js'
import { ArchiveDamage, type ArchiveReader } from '../ports/archive.js'
import { describeZipEntry } from './zip-entry.js'

/**
 * Reads zip archives from a file, one piece at a time.
 *
 * yauzl is told to judge no names: ours are the rules, and they name what is wrong.
 */
export const zipArchive: ArchiveReader = {
  async read(path, maxEntries, use) {
    const opened = await undamaged(() => yauzl.openPromise(path, { decodeStrings: false, autoClose: false }))
    if (opened instanceof ArchiveDamage) return { problem: 'not-an-archive', entry: null }
    try {
      const listed = await undamaged(() => listEntries(opened, maxEntries))
      if (listed instanceof ArchiveDamage) return { problem: 'damaged', entry: null }
      if (!Array.isArray(listed)) return listed
      const byEntry = new Map(listed)
      return await use({
        size: opened.fileSize,
        entries: listed.map(([entry]) => entry),
        content: (entry) => contentOf(opened, entry, byEntry.get(entry)),
      })
    } finally {
      opened.close()
    }
  },
}

type Listed = readonly [ArchiveEntry, Entry]

async function listEntries(zip: ZipFile, maxEntries: number): Promise<Listed[] | ArchiveFault> {
  if (zip.entryCount > maxEntries) return { problem: 'too-many-entries', entry: null }
  const directoryStart = Number(zip.readEntryCursor)
  const entries: Entry[] = []
  for await (const entry of zip.eachEntry()) entries.push(entry)

  const listed: Listed[] = []
  for (const entry of entries) {
    const header: LocalFileHeader = await zip.readLocalFileHeaderPromise(entry)
    listed.push([describeZipEntry(entry, header, directoryStart), entry])
  }
  return listed
}

async function* contentOf(zip: ZipFile, { name, size }: ArchiveEntry, entry?: Entry): AsyncGenerator<Uint8Array> {
  if (!entry) throw new ArchiveDamage(`The archive does not list ${name}.`)
  let length = 0
  let checksum = 0
  try {
    for await (const piece of await zip.openReadStreamPromise(entry)) {
      length += piece.length
      checksum = crc32(piece, checksum)
      // The size that the limits were held against is the archive's own claim, which a bomb makes small.
      if (length > size) break
      yield piece
    }
  } catch (error) {
    throw asDamage(error)
  }
  if (length !== size) throw new ArchiveDamage(`${name} does not have the stated size.`)
  if (checksum !== entry.crc32) throw new ArchiveDamage(`${name} does not have the stated checksum.`)
}

/** What the disk says is thrown; what the library complains of is a fault of the archive. */
async function undamaged<Result>(operation: () => Promise<Result>): Promise<Result | ArchiveDamage> {
  try {
    return await operation()
  } catch (error) {
    return asDamage(error)
  }
}

function asDamage(error: unknown): ArchiveDamage {
  if (error instanceof Error && 'syscall' in error) throw error
  return error instanceof ArchiveDamage ? error : new ArchiveDamage('The archive is damaged.', { cause: error })
}
