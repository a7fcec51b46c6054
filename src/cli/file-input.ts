import { createReadStream } from 'node:fs'
import { resolve } from 'node:path'
import type { Readable } from 'node:stream'
import { CommandError } from './command-error.js'
import { reasonOf } from './system-error.js'
import type { Terminal } from './terminal.js'

/** Above any license file and any request for one: a device or a disk image is not read to its end. */
const longestInput = 256 * 1024

/** The whole text of a file, or of standard input where it is called `-`. `what` begins the sentence of an error. */
export async function readInput(file: string, what: string, { stdin, cwd }: Terminal): Promise<string> {
  try {
    return await readText(file === '-' ? stdin : createReadStream(resolve(cwd(), file)))
  } catch (error) {
    throw new CommandError('unreadable-file', `${what} ${file} cannot be read: ${reasonOf(error)}.`)
  }
}

async function readText(input: Readable): Promise<string> {
  let text = ''
  for await (const chunk of input.setEncoding('utf8')) {
    text += String(chunk)
    // Cut off, it means nothing, and is refused as what it is.
    if (text.length > longestInput) break
  }
  return text
}
