import { FlavorLicenseError } from '../domain/errors.js'
import type { RecordStore } from '../ports/record-store.js'
import { builtIn } from './built-in.js'
import { isErrorCode } from './error-code.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'

/** The file of a record. */
const fileIn = (directory: string, name: string) => builtIn.path().join(directory, name)

/** Loaded when something is first written, or a support ticket asks: most starts of a product only read. */
const writing = () => import('./write-records.js')

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

  return {
    list: (prefix) => within(async (directory) => (await namesIn(directory)).filter((name) => name.startsWith(prefix))),

    read: (name) => within((directory) => read(fileIn(directory, name))),

    publish: (name, content) =>
      within(async (directory) => (await writing()).publishRecord(files, directory, name, content)),

    publishOnce: (name, content) =>
      within(async (directory) => {
        if (await (await writing()).publishNewRecord(files, directory, name, content)) return content
        return (await read(fileIn(directory, name))) ?? content
      }),

    remove: (name) => within((directory) => remove(fileIn(directory, name))),

    setAside: (name) =>
      within(async (directory) => (await writing()).setAside(files, directory, name).catch(unlessGone)),

    describe: async () => (await writing()).describeDirectory(await locate().catch(() => null), files),
  }
}

function unlessGone(error: unknown): undefined {
  if (!isErrorCode(error, 'ENOENT')) throw error
}
