import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isErrorCode } from './error-code.js'
import { nodeFileSystem } from './file-system.js'

/**
 * Makes a directory and those above it, and forces their names to the disk: else a power cut may take the directory with
 * all that was forced to the disk in it. True when it was not there.
 *
 * Node's own recursion tries for ever, and keeps a processor busy with that, where a system says ENOENT to a directory
 * that it does not let anybody make, such as those in `/proc`.
 */
export async function makeDirectories(path: string, mode?: number): Promise<boolean> {
  try {
    return await makeOne(path, mode)
  } catch (error) {
    const parent = dirname(path)
    if (!isErrorCode(error, 'ENOENT') || parent === path) throw error
    await makeDirectories(parent, mode)
    return makeOne(path, mode)
  }
}

/** False where it was there. */
async function makeOne(path: string, mode: number | undefined): Promise<boolean> {
  try {
    await mkdir(path, mode)
  } catch (error) {
    // A drive, or a directory of a system that cannot be written to, may say something else than EEXIST.
    if (isErrorCode(error, 'ENOENT') || !(await isDirectory(path))) throw error
    return false
  }
  // Who may write to a directory may not be allowed to open it.
  await nodeFileSystem.syncDirectory(dirname(path)).catch(() => undefined)
  return true
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
