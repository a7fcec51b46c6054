import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { CommandError } from './command-error.js'
import { isSystemError, reasonOf } from './system-error.js'
import type { Terminal } from './terminal.js'

/** Writes a new file and answers its full path. Overwrites nothing: a name given by mistake may be that of a key. */
export async function writeOutput(file: string, text: string, { cwd }: Pick<Terminal, 'cwd'>): Promise<string> {
  const path = resolve(cwd(), file)
  try {
    await writeFile(path, text, { flag: 'wx' })
    return path
  } catch (error) {
    const exists = isSystemError(error) && error.code === 'EEXIST'
    if (exists) throw new CommandError('file-exists', `There is already a file ${file}. Choose another name.`)
    throw new CommandError('unwritable-file', `The file ${file} cannot be written: ${reasonOf(error)}.`)
  }
}
