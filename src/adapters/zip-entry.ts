import yauzl, { type Entry, type LocalFileHeader } from 'yauzl'
import type { ArchiveEntry } from '../domain/component/unpacking-plan.js'

/** Types of file in a Unix mode. */
const fileType = { mask: 0o170000, none: 0, regular: 0o100000, directory: 0o040000, link: 0o120000 } as const
const executableBit = 0o100

const flags = { encrypted: 0x1, sizesFollow: 0x8, strongEncryption: 0x40, patched: 0x20, utf8: 0x800 } as const
const methods = { stored: 0, deflated: 8 } as const

/** Extra fields that say more of an entry than its head does. */
const extra = { wideSizes: 0x0001, pkwareUnix: 0x000d, unicodePath: 0x7075, asiUnix: 0x756e } as const
/** Times, user and group; what follows is the target of a link. */
const pkwareUnixHeadBytes = 12
const unicodePathHeadBytes = 5

/** In place of a size or a place that takes 64 bits and stands in an extra field. */
const elsewhere = 0xffffffff

export function isStored({ compressionMethod }: Entry): boolean {
  return compressionMethod === methods.stored
}

/** An entry of a zip archive from its two descriptions. The files end where the archive's directory starts. */
export function describeZipEntry(entry: Entry, header: LocalFileHeader, directoryStart: number): ArchiveEntry {
  const name = decodeName(entry)
  const mode = entry.externalFileAttributes >>> 16
  const end = header.fileDataStart + entry.compressedSize
  return {
    name,
    kind: kindOf(entry, mode, name),
    executable: (mode & executableBit) !== 0,
    encrypted: (entry.generalPurposeBitFlag & (flags.encrypted | flags.strongEncryption)) !== 0,
    supported:
      (isStored(entry) || entry.compressionMethod === methods.deflated) &&
      (entry.generalPurposeBitFlag & flags.patched) === 0,
    consistent: isConsistent(entry, header) && end <= directoryStart,
    size: entry.uncompressedSize,
    start: entry.relativeOffsetOfLocalHeader,
    end,
  }
}

/**
 * Text in the two encodings that leave no doubt, UTF-8 that says so and ASCII. Anything else means another name on
 * another machine, and comes out with a replacement character, which no name may have.
 */
function decodeName({ fileNameRaw, generalPurposeBitFlag }: Entry): string {
  const isUtf8 = (generalPurposeBitFlag & flags.utf8) !== 0
  const bytes = isUtf8 ? fileNameRaw : fileNameRaw.map((byte) => (byte < 0x80 ? byte : 0xff))
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
}

function kindOf({ extraFields }: Entry, mode: number, name: string): ArchiveEntry['kind'] {
  // Links hide in extra fields, too: hard ones exist nowhere else.
  const hidden = extraFields.some(
    ({ id, data }) =>
      (id === extra.pkwareUnix && data.length > pkwareUnixHeadBytes) ||
      (id === extra.asiUnix && data.length >= 6 && (data.readUInt16LE(4) & fileType.mask) === fileType.link),
  )
  if (hidden) return 'link'
  switch (mode & fileType.mask) {
    case fileType.link:
      return 'link'
    case fileType.regular:
      return 'file'
    case fileType.directory:
      return 'directory'
    case fileType.none:
      return name.endsWith('/') ? 'directory' : 'file'
    default:
      return 'special'
  }
}

function isConsistent(entry: Entry, header: LocalFileHeader): boolean {
  const sameName = header.fileName.equals(entry.fileNameRaw)
  const otherName = entry.extraFields.some(
    ({ id, data }) => id === extra.unicodePath && !data.subarray(unicodePathHeadBytes).equals(entry.fileNameRaw),
  )
  const sameFlags = ((header.generalPurposeBitFlag ^ entry.generalPurposeBitFlag) & ~flags.sizesFollow) === 0
  const sameMethod = header.compressionMethod === entry.compressionMethod
  return sameName && !otherName && sameFlags && sameMethod && hasSameSizes(entry, header)
}

/**
 * Sizes may stand behind the content; then those in the head are nothing, or the same. Those that take 64 bits stand
 * elsewhere in the head, which some archivers do to small ones, too.
 */
function hasSameSizes(entry: Entry, header: LocalFileHeader): boolean {
  const mayBeUnknown = (header.generalPurposeBitFlag & flags.sizesFollow) !== 0
  const same = (stated: number, found: number) => stated === found || (mayBeUnknown && stated === 0)
  const [size, compressedSize] = sizesIn(header)
  return (
    same(header.crc32, entry.crc32) && same(compressedSize, entry.compressedSize) && same(size, entry.uncompressedSize)
  )
}

function sizesIn({ uncompressedSize, compressedSize, extraField }: LocalFileHeader): readonly [number, number] {
  const wide = yauzl.parseExtraFields(extraField).find(({ id }) => id === extra.wideSizes)?.data
  if (uncompressedSize !== elsewhere || compressedSize !== elsewhere || !wide || wide.length < 16) {
    return [uncompressedSize, compressedSize]
  }
  return [Number(wide.readBigUInt64LE(0)), Number(wide.readBigUInt64LE(8))]
}
