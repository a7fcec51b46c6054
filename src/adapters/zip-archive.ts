import { type FileHandle, open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import yauzl, { type Entry, type LocalFileHeader, type ZipFile } from 'yauzl'
import { type ArchiveFault, isArchiveFault, spareBytes } from '../domain/component/unpacking-plan.js'
import { ArchiveDamage, type ArchiveReader, type PackedEntry } from '../ports/archive.js'
import { describeZipEntry, isStored } from './zip-entry.js'

/** Far above ten thousand names of the longest kind, far below what fills memory. */
const maxListBytes = 32 * 1024 ** 2

/** What may stand between the list of files and the end: nothing, or the two records of an archive in 64 bits. */
const endRecordBytes = 22
const wideEndBytes = 76

const readAtOnce = 65_536

/**
 * Reads zip archives from a file, one piece at a time.
 *
 * yauzl lists what is in them and judges no names: ours are the rules, and they name what is wrong.
 */
export const zipArchive: ArchiveReader = {
  async read(path, maxEntries, use) {
    const file = await open(path)
    try {
      const { size } = await file.stat()
      const options = { decodeStrings: false, autoClose: false }
      const opened = await undamaged(() =>
        yauzl.fromRandomAccessReaderPromise(new FileReader(file, size), size, options),
      )
      if (opened instanceof ArchiveDamage) return { problem: 'not-an-archive', entry: null }
      const entries = await undamaged(() => listEntries(file, opened, maxEntries))
      if (entries instanceof ArchiveDamage) return { problem: 'damaged', entry: null }
      return isArchiveFault(entries) ? entries : await use({ size, entries })
    } finally {
      await file.close()
    }
  },
}

/**
 * Reads of a file, none of them outside of it. An archive may name places that are beyond counting: Node throws at those,
 * and yauzl asks where nobody can catch it, so that an archive could end the process.
 */
class FileReader extends yauzl.RandomAccessReader {
  readonly #file: FileHandle
  readonly #size: number

  constructor(file: FileHandle, size: number) {
    super()
    this.#file = file
    this.#size = size
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null, bytesRead?: number) => void,
  ): void {
    if (position + length > this.#size) {
      setImmediate(callback, new ArchiveDamage())
      return
    }
    this.#file.read(buffer, offset, length, position).then(({ bytesRead }) => callback(null, bytesRead), callback)
  }
}

async function listEntries(file: FileHandle, zip: ZipFile, maxEntries: number): Promise<PackedEntry[] | ArchiveFault> {
  const { entryCount, fileSize, comment } = zip
  if (entryCount > maxEntries) return { problem: 'too-many-entries', entry: null }
  const listStart = Number(zip.readEntryCursor)
  if (fileSize - listStart > maxListBytes) return { problem: 'too-large', entry: null }
  const found: Entry[] = []
  for await (const entry of zip.eachEntry()) found.push(entry)

  let filesEnd = 0
  const entries: PackedEntry[] = []
  for (const entry of found) {
    const header: LocalFileHeader = await zip.readLocalFileHeaderPromise(entry)
    const described = describeZipEntry(entry, header, listStart)
    entries.push({ ...described, content: () => contentOf(file, entry, header.fileDataStart) })
    filesEnd = Math.max(filesEnd, described.end)
  }

  // Whoever looks for the list elsewhere, such as in what passes for a comment here, would find another archive.
  const behindList = fileSize - endRecordBytes - comment.length - Number(zip.readEntryCursor)
  const isTight = listStart - filesEnd <= spareBytes && (behindList === 0 || behindList === wideEndBytes)
  return isTight ? entries : { problem: 'hidden-bytes', entry: null }
}

async function* contentOf(file: FileHandle, entry: Entry, start: number): AsyncGenerator<Uint8Array> {
  let length = 0
  let checksum = 0
  try {
    for await (const piece of unpacked(file, entry, start)) {
      length += piece.length
      checksum = crc32(piece, checksum)
      // The size that the limits were held against is the archive's own claim, which a bomb makes small.
      if (length > entry.uncompressedSize) break
      yield piece
    }
  } catch (error) {
    throw asDamage(error)
  }
  if (length !== entry.uncompressedSize || checksum !== entry.crc32) throw new ArchiveDamage()
}

function unpacked(file: FileHandle, entry: Entry, start: number): AsyncIterable<Uint8Array> {
  const pieces = piecesOf(file, start, start + entry.compressedSize)
  if (isStored(entry)) return pieces
  const inflated = createInflateRaw()
  // Whoever reads what comes out hears of what goes wrong.
  pipeline(pieces, inflated, () => undefined)
  return inflated
}

async function* piecesOf(file: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let position = start; position < end; ) {
    const length = Math.min(readAtOnce, end - position)
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(length), 0, length, position)
    if (bytesRead === 0) return
    yield buffer.subarray(0, bytesRead)
    position += bytesRead
  }
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
  return error instanceof ArchiveDamage ? error : new ArchiveDamage(undefined, { cause: error })
}
