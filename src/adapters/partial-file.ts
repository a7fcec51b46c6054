import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PartialFile } from '../ports/download-store.js'
import { isErrorCode, nodeFileSystem } from './file-system.js'
import { hashFile } from './hash-file.js'

/** How much is gathered before it is written: each call to the system has its price. */
const writtenAtOnce = 524_288

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
  /**
   * What is gathered is copied here, though that costs a little: pieces that were held until they are written would
   * outlive the young generation, and fill memory until the next great collection.
   */
  let gathering = Buffer.allocUnsafe(writtenAtOnce)
  let resting = Buffer.allocUnsafe(writtenAtOnce)
  let gatheredLength = 0
  let writtenLength = present
  /** The disk writes one half while the other one fills and is hashed. */
  let writing: Promise<void> = Promise.resolve()

  async function writeOut(): Promise<void> {
    const bytes = gathering.subarray(0, gatheredLength)
    const position = writtenLength
    await writing
    ;[gathering, resting] = [resting, gathering]
    writtenLength += gatheredLength
    gatheredLength = 0
    writing = writeAll(file, bytes, position)
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
      for (let taken = 0; taken < bytes.length; ) {
        if (gatheredLength === writtenAtOnce) await writeOut()
        const piece = bytes.subarray(taken, taken + writtenAtOnce - gatheredLength)
        gathering.set(piece, gatheredLength)
        gatheredLength += piece.length
        taken += piece.length
      }
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

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  // A disk that is nearly full writes what still fits, and complains only about the rest.
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten
  }
}
