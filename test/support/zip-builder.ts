import { crc32, deflateRawSync } from 'node:zlib'

/** An entry of an archive under test. What is not named is as an honest archiver would write it. */
export interface ZipEntry {
  readonly name: string | Uint8Array
  readonly content?: string | Uint8Array
  readonly stored?: boolean
  /** Unix mode, type included. */
  readonly mode?: number
  readonly flags?: number
  readonly method?: number
  readonly extra?: Uint8Array
  /** The sizes are not in the entry's head but behind its content, as when an archive is written to a pipe. */
  readonly sizesFollow?: boolean
  /** Sizes take 64 bits, as some archivers write them of small files, too. */
  readonly wide?: boolean
  /** Bytes before the entry that are nobody's. */
  readonly gap?: Uint8Array
  /** What the archive's directory says, where that is not the truth. */
  readonly claims?: ZipClaims
  /** What the entry's own head says, where that is another thing. */
  readonly local?: ZipClaims
}

export interface ZipClaims {
  readonly name?: string
  readonly size?: number
  readonly compressedSize?: number
  readonly checksum?: number
  readonly method?: number
  readonly flags?: number
  /** Of the entry's head. */
  readonly offset?: number
}

export interface ZipOptions {
  /** The number of entries that the end of the archive states. */
  readonly count?: number
  readonly comment?: string | Uint8Array
  /** Bytes that are nobody's, before and behind the list of files. */
  readonly beforeList?: Uint8Array
  readonly behindList?: Uint8Array
  /** The end takes 64 bits; what it says where that is not the truth. */
  readonly wide?: { readonly count?: bigint; readonly listAt?: bigint; readonly recordAt?: bigint }
}

const utf8Flag = 0x800
const sizesFollowFlag = 0x8
const madeByUnix = 0x031e
const regularFile = 0o100644

/** An extra field: its id, its length and what is in it. */
export function extraField(id: number, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(id, 0)
  head.writeUInt16LE(content.length, 2)
  return Buffer.concat([head, content])
}

/** The bytes of a zip archive, byte for byte as told: what no honest library would write. */
export function zipOf(entries: readonly ZipEntry[], options: ZipOptions = {}): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const entry of entries) {
    const gap = Buffer.from(entry.gap ?? [])
    const written = encode(entry, offset + gap.length)
    parts.push(gap, written.local)
    directory.push(written.central)
    offset += gap.length + written.local.length
  }
  const beforeList = Buffer.from(options.beforeList ?? [])
  offset += beforeList.length
  const listing = Buffer.concat(directory)
  const behind = Buffer.concat([listing, Buffer.from(options.behindList ?? [])])
  const wide = options.wide ? wideEnd(options.wide, entries.length, offset, behind.length) : Buffer.alloc(0)
  const comment = Buffer.from(options.comment ?? '')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(options.count ?? entries.length, 8)
  end.writeUInt16LE(options.count ?? entries.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return new Uint8Array(Buffer.concat([...parts, beforeList, behind, wide, end, comment]))
}

/** The two records that an archive in 64 bits has before its end. */
function wideEnd(
  { count, listAt, recordAt }: NonNullable<ZipOptions['wide']>,
  entries: number,
  listStart: number,
  behindFiles: number,
): Buffer {
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(44n, 4)
  record.writeBigUInt64LE(count ?? BigInt(entries), 24)
  record.writeBigUInt64LE(count ?? BigInt(entries), 32)
  record.writeBigUInt64LE(listAt ?? BigInt(listStart), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(recordAt ?? BigInt(listStart + behindFiles), 8)
  locator.writeUInt32LE(1, 16)
  return Buffer.concat([record, locator])
}

function encode(entry: ZipEntry, position: number): { readonly local: Buffer; readonly central: Buffer } {
  const content = Buffer.from(entry.content ?? '')
  const stored = entry.stored ?? content.length === 0
  const data = stored ? content : deflateRawSync(content)
  const truth = {
    flags: (entry.flags ?? utf8Flag) | (entry.sizesFollow ? sizesFollowFlag : 0),
    method: entry.method ?? (stored ? 0 : 8),
    checksum: crc32(content),
    compressedSize: data.length,
    size: content.length,
    offset: position,
  }
  const wideSizes = Buffer.alloc(16)
  wideSizes.writeBigUInt64LE(BigInt(truth.size), 0)
  wideSizes.writeBigUInt64LE(BigInt(truth.compressedSize), 8)
  const wide = entry.wide ? extraField(0x0001, wideSizes) : Buffer.alloc(0)
  const extra = Buffer.concat([Buffer.from(entry.extra ?? []), wide])
  const elsewhere = entry.wide ? { size: 0xffffffff, compressedSize: 0xffffffff } : {}
  const unknown = entry.sizesFollow ? { checksum: 0, size: 0, compressedSize: 0 } : elsewhere
  const local = { ...truth, ...unknown, ...entry.local }
  const central = { ...truth, ...elsewhere, ...entry.claims }
  const localName = Buffer.from(entry.local?.name ?? entry.name)
  const centralName = Buffer.from(entry.claims?.name ?? entry.name)

  const localHead = Buffer.alloc(30)
  localHead.writeUInt32LE(0x04034b50, 0)
  localHead.writeUInt16LE(20, 4)
  writeFacts(localHead, 6, local)
  localHead.writeUInt16LE(localName.length, 26)
  localHead.writeUInt16LE(wide.length, 28)

  const centralHead = Buffer.alloc(46)
  centralHead.writeUInt32LE(0x02014b50, 0)
  centralHead.writeUInt16LE(madeByUnix, 4)
  centralHead.writeUInt16LE(20, 6)
  writeFacts(centralHead, 8, central)
  centralHead.writeUInt16LE(centralName.length, 28)
  centralHead.writeUInt16LE(extra.length, 30)
  centralHead.writeUInt32LE(((entry.mode ?? regularFile) << 16) >>> 0, 38)
  centralHead.writeUInt32LE(central.offset, 42)
  return {
    local: Buffer.concat([localHead, localName, wide, data, entry.sizesFollow ? descriptorOf(truth) : Buffer.alloc(0)]),
    central: Buffer.concat([centralHead, centralName, extra]),
  }
}

/** Behind the content: its checksum and sizes. */
function descriptorOf(truth: {
  readonly checksum: number
  readonly compressedSize: number
  readonly size: number
}): Buffer {
  const descriptor = Buffer.alloc(16)
  descriptor.writeUInt32LE(0x08074b50, 0)
  descriptor.writeUInt32LE(truth.checksum, 4)
  descriptor.writeUInt32LE(truth.compressedSize, 8)
  descriptor.writeUInt32LE(truth.size, 12)
  return descriptor
}

function writeFacts(head: Buffer, at: number, facts: Required<Omit<ZipClaims, 'name' | 'offset'>>): void {
  head.writeUInt16LE(facts.flags, at)
  head.writeUInt16LE(facts.method, at + 2)
  head.writeUInt32LE(facts.checksum, at + 8)
  head.writeUInt32LE(facts.compressedSize, at + 12)
  head.writeUInt32LE(facts.size, at + 16)
}
