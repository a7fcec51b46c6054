import type { Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, link, open, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PartialFile } from '../ports/download-store.js'
import { lacksLinks } from './atomic-file.js'
import { builtIn } from './built-in.js'
import { isErrorCode } from './error-code.js'
import { nodeFileSystem } from './file-system.js'
import { forceToDisk } from './force-to-disk.js'
import { hashFile } from './hash-file.js'

/** How much is gathered before it is written: each call to the system has its price. */
const writtenAtOnce = 524_288

/** Creates the file; rejects where there is one. */
export async function createPartial(path: string, finalPath: string, validator: string | null): Promise<PartialFile> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL
  const file = await open(path, flags, 0o600)
  return partialFile({ file, path, finalPath, validator, hash: builtIn.crypto().createHash('sha256'), length: 0 })
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
    const hash = builtIn.crypto().createHash('sha256')
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
      await forceToDisk(file)
      await file.close()
      return hash.digest('hex')
    },

    async publish() {
      try {
        await moveToFreeName(path, finalPath)
      } catch (error) {
        if (isErrorCode(error, 'ENOENT', 'EEXIST')) return undefined
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

/**
 * Rejects with EEXIST where something has the name. A rename would replace it, and the name is the hub's word: whoever
 * poses as the hub could choose a file of the customer's to be lost.
 */
async function moveToFreeName(from: string, to: string): Promise<void> {
  try {
    await link(from, to)
    await unlink(from)
  } catch (error) {
    if (!lacksLinks(error)) throw error
    // A crash in between leaves an empty file, which the next download finds in its way.
    await (await open(to, 'wx')).close()
    await rename(from, to)
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  // A disk that is nearly full writes what still fits, and complains only about the rest.
  for (let written = 0; written < bytes.length; ) {
    written += (await file.write(bytes, written, bytes.length - written, position + written)).bytesWritten
  }
}
