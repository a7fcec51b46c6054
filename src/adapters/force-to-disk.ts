import type { FileHandle } from 'node:fs/promises'
import { isErrorCode } from './error-code.js'

/**
 * Forces what was written to the disk. Node 26 lets no process with `--permission` do so, whatever it is allowed;
 * the file is then as safe as the system makes it by itself, which is better than no file.
 */
export async function forceToDisk(file: Pick<FileHandle, 'sync'>): Promise<void> {
  try {
    await file.sync()
  } catch (error) {
    if (!isErrorCode(error, 'ERR_ACCESS_DENIED')) throw error
  }
}
