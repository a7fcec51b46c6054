import { constants, type Stats } from 'node:fs'
import { copyFile, lstat, open, readdir, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { DownloadStore, DownloadTarget, PartialFile } from '../ports/download-store.js'
import { builtIn } from './built-in.js'
import { newPartialName, type PartialName, readPartialName } from './download-name.js'
import { isErrorCode } from './error-code.js'
import { hashFile } from './hash-file.js'
import { makeDirectories } from './make-directories.js'
import { continuePartial, createPartial } from './partial-file.js'

/** A download brings something within half of this, or is given up: what has not grown for as long has been left. */
const leftAfterMs = 60_000

/** The same for what another version of this package, with rules of its own, may be at work on. */
const abandonedAfterMs = 60 * 60_000

/**
 * Downloads as files of the directory that they are meant for, hidden until they are whole. An attempt goes on from a
 * copy of what another has left: that one may still be written to, where locks do not work.
 */
export const downloadDirectory: DownloadStore = {
  async find(target, signal) {
    const path = join(target.directory, target.filename)
    const found = await statusOf(path)
    // A link could lead elsewhere by the time that the file is used.
    if (!found) return undefined
    if (!found.isFile() || found.size !== target.size) return { path, isWhole: false }
    const file = await open(path, constants.O_RDONLY)
    const hash = builtIn.crypto().createHash('sha256')
    try {
      await hashFile(file, hash, signal)
    } finally {
      await file.close()
    }
    const isWhole = hash.digest('hex') === target.sha256
    if (isWhole) await sweep(target, isOver)
    return { path, isWhole }
  },

  async resume(target, signal) {
    const { directory, filename, size } = target
    const left = await longestPartial(target)
    if (!left || left.size > size) return undefined
    const mine = join(directory, newPartialName(target, left.validator))
    try {
      await copyFile(join(directory, left.name), mine, constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE)
      const partial = await continuePartial(mine, join(directory, filename), left.validator, signal)
      await sweep(target, (ageMs, isSameFile) => isSameFile && ageMs > leftAfterMs)
      return swept(target, partial)
    } catch {
      await unlink(mine).catch(() => undefined)
      signal.throwIfAborted()
      return undefined
    }
  },

  async create(target, validator) {
    const { directory, filename } = target
    await makeDirectories(directory)
    const path = join(directory, newPartialName(target, validator))
    return swept(target, await createPartial(path, join(directory, filename), validator))
  },
}

/** Whether a partial file is of no use once the file is there, or has turned out to be wrong. */
function isOver(ageMs: number, isSameFile: boolean): boolean {
  return isSameFile || ageMs > abandonedAfterMs
}

/** The same file, which takes with it what other attempts have left. */
function swept(target: DownloadTarget, partial: PartialFile): PartialFile {
  return {
    ...partial,
    async publish() {
      const path = await partial.publish()
      if (path !== undefined) await sweep(target, isOver)
      return path
    },
    async discard() {
      await partial.discard()
      await sweep(target, isOver)
    },
  }
}

/** What cannot be removed is looked for again by the next download. */
async function sweep(target: DownloadTarget, isUseless: typeof isOver): Promise<void> {
  for (const { name, isSameFile } of await partialsIn(target)) {
    const path = join(target.directory, name)
    const found = await statusOf(path).catch(() => undefined)
    if (found && isUseless(Date.now() - found.mtimeMs, isSameFile)) await unlink(path).catch(() => undefined)
  }
}

async function longestPartial(target: DownloadTarget): Promise<(PartialName & { readonly size: number }) | undefined> {
  let longest: (PartialName & { readonly size: number }) | undefined
  for (const partial of await partialsIn(target)) {
    const found = partial.isSameFile ? await statusOf(join(target.directory, partial.name)) : undefined
    if (found?.isFile() && found.size > (longest?.size ?? 0)) longest = { ...partial, size: found.size }
  }
  return longest
}

async function partialsIn(target: DownloadTarget): Promise<readonly PartialName[]> {
  const names = await readdir(target.directory).catch(() => [])
  return names.flatMap((name) => readPartialName(name, target) ?? [])
}

async function statusOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path)
  } catch (error) {
    if (isErrorCode(error, 'ENOENT', 'ENOTDIR')) return undefined
    throw error
  }
}
