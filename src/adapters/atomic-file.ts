import { dirname, join } from 'node:path'
import { builtIn } from './built-in.js'
import { isErrorCode } from './error-code.js'
import type { FileSystem } from './file-system.js'

/** What the name of a half-written file ends in. */
export const temporarySuffix = '.tmp'

/** Puts `content` at `path`, whole and durable, in place of whatever is there. */
export async function publishFile(files: FileSystem, path: string, content: Uint8Array): Promise<void> {
  await viaTemporary(files, path, content, (temporary) => files.rename(temporary, path))
}

/** Puts `content` at `path` unless something is there already. False when something is. */
export async function publishNewFile(files: FileSystem, path: string, content: Uint8Array): Promise<boolean> {
  return viaTemporary(files, path, content, async (temporary) => {
    try {
      await files.link(temporary, path)
      return true
    } catch (error) {
      if (isErrorCode(error, 'EEXIST')) return false
      if (!lacksLinks(error)) throw error
      return createNew(files, path, content)
    } finally {
      await files.remove(temporary)
    }
  })
}

/** Some file systems (exFAT, Android's) know no hard links. */
export function lacksLinks(error: unknown): boolean {
  return isErrorCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK')
}

/** Exclusive all the same; only a crash in between can leave half a file, which its reader then refuses. */
async function createNew(files: FileSystem, path: string, content: Uint8Array): Promise<boolean> {
  try {
    await files.create(path, content)
    return true
  } catch (error) {
    if (isErrorCode(error, 'EEXIST')) return false
    throw error
  }
}

async function viaTemporary<Result>(
  files: FileSystem,
  path: string,
  content: Uint8Array,
  place: (temporary: string) => Promise<Result>,
): Promise<Result> {
  // A random name in the same directory, created exclusively: nobody can have put a link there to redirect the write,
  // and no other process can be writing the same file.
  const temporary = join(dirname(path), `.${builtIn.crypto().randomBytes(9).toString('base64url')}${temporarySuffix}`)
  try {
    await files.create(temporary, content)
    const result = await place(temporary)
    await files.syncDirectory(dirname(path))
    return result
  } catch (error) {
    await files.remove(temporary).catch(() => undefined)
    throw error
  }
}
