import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PartialFile } from '../ports/download-store.js'
import { isErrorCode, nodeFileSystem } from './file-system.js'
import { hashFile } from './hash-file.js'

/** How much is gathered before it is written: each call to the system has its price, and memory has one too. */
const writtenAtOnce = 1_048_576

/** Creates the file; rejects where there is one. */
export async function createPartial(path: string, finalPath: string, validator: string | null): Promise<PartialFile> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
  const file = await open(path, flags, 0o600)
  return partialFile({ file, path, finalPath, validator, hash: createHash('sha256'), length: 0 })
}

/** Goes on with a file that nobody else writes to. */
export async function continuePartial(
  path: string,
  finalPath: string,
  validator: string | null,
  signal: AbortSignal,
): Promise<PartialFile> {
  const file = await open(path, constants.O_RDWR)
  try {
    const hash = createHash('sha256')
    const length = await hashFile(file, hash, signal)
    return partialFile({ file, path, finalPath, validator, hash, length })
  } catch (error) {
    await file.close()
    throw error
  }
}

interface OpenPartial {
  readonly file: FileHandle
  readonly path: string
  readonly finalPath: string
  readonly validator: string | null
  /** Of the bytes that are there. */
  readonly hash: Hash
  readonly length: number
}

function partialFile({ file, path, finalPath, validator, hash, length: present }: OpenPartial): PartialFile {
  let length = present
  let gathered: Uint8Array[] = []
  let gatheredLength = 0
  let writtenLength = present
  /** The disk writes one piece while the next one arrives and is hashed. */
  let writing: Promise<void> = Promise.resolve()

  async function writeOut(): Promise<void> {
    const pieces = gathered
    const position = writtenLength
    writtenLength += gatheredLength
    gathered = []
    gatheredLength = 0
    await writing
    writing = writeAll(file, pieces, position)
    // Whoever writes or seals next hears of it.
    writing.catch(() => undefined)
  }

  async function close(): Promise<void> {
    await writing.catch(() => undefined)
    await file.close()
  }

  return {
    validator,
    length: () => length,

    async write(bytes) {
      hash.update(bytes)
      length += bytes.length
      gathered.push(bytes)
      gatheredLength += bytes.length
      if (gatheredLength >= writtenAtOnce) await writeOut()
    },

    async seal() {
      await writeOut()
      await writing
      await file.sync()
      await file.close()
      return hash.digest('hex')
    },

    async publish() {
      try {
        await rename(path, finalPath)
      } catch (error) {
        if (isErrorCode(error, 'ENOENT')) return undefined
        throw error
      }
      await nodeFileSystem.syncDirectory(dirname(finalPath))
      return finalPath
    },

    async leave() {
      await writeOut().catch(() => undefined)
      await close()
    },

    async discard() {
      await close().catch(() => undefined)
      await unlink(path).catch(() => undefined)
    },
  }
}

async function writeAll(file: FileHandle, pieces: readonly Uint8Array[], position: number): Promise<void> {
  if (pieces.length === 0) return
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0)
  let { bytesWritten: written } = await file.writev(pieces, position)
  // A disk that is nearly full writes what still fits, and complains only about the rest.
  const whole = written < total ? Buffer.concat(pieces) : undefined
  while (whole && written < total) {
    written += (await file.write(whole, written, total - written, position + written)).bytesWritten
  }
}
