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
  readonly comment?: string
}

const utf8Flag = 0x800
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
    const written = encode(entry, offset)
    parts.push(written.local)
    directory.push(written.central)
    offset += written.local.length
  }
  const listing = Buffer.concat(directory)
  const comment = Buffer.from(options.comment ?? '')
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(options.count ?? entries.length, 8)
  end.writeUInt16LE(options.count ?? entries.length, 10)
  end.writeUInt32LE(listing.length, 12)
  end.writeUInt32LE(offset, 16)
  end.writeUInt16LE(comment.length, 20)
  return new Uint8Array(Buffer.concat([...parts, listing, end, comment]))
}

function encode(entry: ZipEntry, position: number): { readonly local: Buffer; readonly central: Buffer } {
  const content = Buffer.from(entry.content ?? '')
  const stored = entry.stored ?? content.length === 0
  const data = stored ? content : deflateRawSync(content)
  const truth = {
    flags: entry.flags ?? utf8Flag,
    method: entry.method ?? (stored ? 0 : 8),
    checksum: crc32(content),
    compressedSize: data.length,
    size: content.length,
    offset: position,
  }
  const extra = Buffer.from(entry.extra ?? [])
  const local = { ...truth, ...entry.local }
  const central = { ...truth, ...entry.claims }
  const localName = Buffer.from(entry.local?.name ?? entry.name)
  const centralName = Buffer.from(entry.claims?.name ?? entry.name)

  const localHead = Buffer.alloc(30)
  localHead.writeUInt32LE(0x04034b50, 0)
  localHead.writeUInt16LE(20, 4)
  writeFacts(localHead, 6, local)
  localHead.writeUInt16LE(localName.length, 26)

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
    local: Buffer.concat([localHead, localName, data]),
    central: Buffer.concat([centralHead, centralName, extra]),
  }
}

function writeFacts(head: Buffer, at: number, facts: Required<Omit<ZipClaims, 'name' | 'offset'>>): void {
  head.writeUInt16LE(facts.flags, at)
  head.writeUInt16LE(facts.method, at + 2)
  head.writeUInt32LE(facts.checksum, at + 8)
  head.writeUInt32LE(facts.compressedSize, at + 12)
  head.writeUInt32LE(facts.size, at + 16)
}
