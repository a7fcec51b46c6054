import { join } from 'node:path'
import { FlavorLicenseError } from '../domain/errors.js'
import type { RecordStore, StoreDescription } from '../ports/record-store.js'
import { publishFile, publishNewFile, temporarySuffix } from './atomic-file.js'
import { isErrorCode } from './error-code.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import { asideLimit, asideSuffix } from './set-aside.js'

/** A temporary file this old belongs to no writer that is still alive. */
const abandonedAfterMs = 60 * 60_000

/**
 * Records as files of one directory, which is made when something is first written.
 *
 * @param locate - Where it is; rejects where there is no such place, and with it every operation.
 */
export function fileRecordStore(locate: () => Promise<string>, files: FileSystem = nodeFileSystem): RecordStore {
  /** A directory that turns out to be a file is the caller's mistake, and is said to be. */
  async function within<Result>(operation: (directory: string) => Promise<Result>): Promise<Result> {
    const directory = await locate()
    try {
      return await operation(directory)
    } catch (error) {
      if (isErrorCode(error, 'ENOTDIR', 'EEXIST') && (await isFile(directory))) {
        throw new FlavorLicenseError(
          'directory-is-a-file',
          `The directory option names a file: ${directory}. Name a directory, or remove the file.`,
          { cause: error },
        )
      }
      throw error
    }
  }

  async function namesIn(directory: string): Promise<readonly string[]> {
    return (await files.list(directory).catch(unlessGone)) ?? []
  }

  function read(path: string): Promise<Uint8Array | undefined> {
    return files.read(path).catch(unlessGone)
  }

  function remove(path: string): Promise<void> {
    return files.remove(path).catch(unlessGone)
  }

  async function isFile(path: string): Promise<boolean> {
    const status = await files.status(path).catch(() => undefined)
    return status?.isFile ?? false
  }

  /** Makes the directory, or clears what killed writers have left in it. */
  async function prepare(directory: string): Promise<void> {
    if (await files.makeDirectories(directory)) return
    const temporary = (await namesIn(directory)).filter((name) => name.endsWith(temporarySuffix))
    for (const name of temporary) {
      const path = join(directory, name)
      const status = await files.status(path).catch(() => undefined)
      const abandoned = status !== undefined && Date.now() - status.modifiedAt > abandonedAfterMs
      // What another user has left in a shared directory must not keep this one from writing.
      if (abandoned) await remove(path).catch(() => undefined)
    }
  }

  async function modeOf(path: string): Promise<string | undefined> {
    const status = await files.status(path).catch(() => undefined)
    return status?.mode.toString(8).padStart(4, '0')
  }

  async function listed(directory: string): Promise<StoreDescription['files']> {
    const names = await namesIn(directory)
    return Promise.all(
      names.map(async (name) => ({ name, mode: (await modeOf(join(directory, name))) ?? 'unreadable' })),
    )
  }

  return {
    list: (prefix) => within(async (directory) => (await namesIn(directory)).filter((name) => name.startsWith(prefix))),

    read: (name) => within((directory) => read(join(directory, name))),

    publish: (name, content) =>
      within(async (directory) => {
        await prepare(directory)
        await publishFile(files, join(directory, name), content)
      }),

    publishOnce: (name, content) =>
      within(async (directory) => {
        await prepare(directory)
        const path = join(directory, name)
        if (await publishNewFile(files, path, content)) return content
        return (await read(path)) ?? content
      }),

    remove: (name) => within((directory) => remove(join(directory, name))),

    setAside: (name) =>
      within(async (directory) => {
        const path = join(directory, name)
        const kept = (await namesIn(directory)).filter((other) => other.endsWith(asideSuffix)).length
        if (kept >= asideLimit) await remove(path)
        else await files.rename(path, `${path}${asideSuffix}`).catch(unlessGone)
      }),

    async describe() {
      const directory = await locate().catch(() => null)
      if (directory === null) {
        return { directory, mode: null, writable: false, problem: 'There is no data directory.', files: [] }
      }
      const mode = async () => (await modeOf(directory)) ?? null
      try {
        await prepare(directory)
        const probe = join(directory, `.probe${temporarySuffix}`)
        await remove(probe)
        await files.create(probe, new Uint8Array())
        await remove(probe)
        return { directory, mode: await mode(), writable: true, problem: null, files: await listed(directory) }
      } catch (error) {
        const problem = error instanceof Error ? error.message : String(error)
        const found = await listed(directory).catch(() => [])
        return { directory, mode: await mode(), writable: false, problem, files: found }
      }
    },
  }
}

function unlessGone(error: unknown): undefined {
  if (!isErrorCode(error, 'ENOENT')) throw error
}
