import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { link, open, rename, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'

/** What the name of a half-written file ends in. */
export const temporarySuffix = '.tmp'

/** Puts `content` at `path`, whole and durable, in place of whatever is there. */
export async function publishFile(path: string, content: Uint8Array): Promise<void> {
  await viaTemporary(path, content, (temporary) => rename(temporary, path))
}

/** Puts `content` at `path` unless something is there already. False when something is. */
export async function publishNewFile(path: string, content: Uint8Array): Promise<boolean> {
  return viaTemporary(path, content, async (temporary) => {
    try {
      await link(temporary, path)
      return true
    } catch (error) {
      if (isErrorCode(error, 'EEXIST')) return false
      throw error
    } finally {
      await unlink(temporary)
    }
  })
}

async function viaTemporary<Result>(
  path: string,
  content: Uint8Array,
  place: (temporary: string) => Promise<Result>,
): Promise<Result> {
  // A random name in the same directory, opened exclusively: nobody can have put a link there to redirect the write,
  // and no other process can be writing the same file.
  const temporary = join(dirname(path), `.${randomBytes(9).toString('base64url')}${temporarySuffix}`)
  try {
    const file = await open(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600)
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    const result = await place(temporary)
    await syncDirectory(dirname(path))
    return result
  } catch (error) {
    await unlink(temporary).catch(() => undefined)
    throw error
  }
}

/** Makes a rename durable. Windows cannot open a directory, and orders these writes by itself. */
async function syncDirectory(path: string): Promise<void> {
  if (process.platform === 'win32') return
  const directory = await open(path, constants.O_RDONLY)
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

export function isErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code)
}
