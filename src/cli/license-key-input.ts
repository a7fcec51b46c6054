import type { Readable } from 'node:stream'
import { CommandError } from './command-error.js'
import type { Terminal } from './terminal.js'

/** Asks for a text without showing it. Rejects when the person gives up. */
export type AskMasked = (question: string, terminal: Terminal) => Promise<string>

/** The license key of `activate [KEY]`: from the line, from standard input, or from the person at the terminal. */
export async function licenseKeyInput(
  argument: string | undefined,
  terminal: Terminal,
  askMasked: AskMasked = askWithMaskedEcho,
): Promise<string> {
  if (argument === '-') return firstLine(terminal.stdin)
  if (argument !== undefined) return argument
  if (terminal.stdin.isTTY && terminal.stderr.isTTY) return askMasked('License key:', terminal)
  throw new CommandError(
    'missing-license-key',
    'Name the license key, or write "activate -" to read it from standard input.',
  )
}

/** Longer than any license key: whoever pipes in something else is not waited for. */
const longestLine = 4_096

async function firstLine(input: Readable): Promise<string> {
  let text = ''
  for await (const chunk of input.setEncoding('utf8')) {
    text += String(chunk)
    if (text.length > longestLine || text.includes('\n')) break
  }
  return (text.slice(0, longestLine).split('\n')[0] ?? '').trim()
}

async function askWithMaskedEcho(question: string, { stdin, stderr }: Terminal): Promise<string> {
  const { default: password } = await import('@inquirer/password')
  try {
    // Standard output is for the answer alone.
    return await password({ message: question, mask: true }, { input: stdin, output: stderr })
  } catch (error) {
    if (error instanceof Error && error.name === 'ExitPromptError') {
      throw new CommandError('canceled', 'No license key was entered.')
    }
    throw error
  }
}
