import { CommanderError } from 'commander'
import { CommandError } from './command-error.js'
import { commandFirst, type Vocabulary } from './command-first.js'
import { type ExitCode, exitCodes } from './exit-code.js'
import { wantsJson } from './option.js'
import { createProgram, vocabularyOf } from './program.js'
import { type ErrorReport, errorReport, type Report } from './report.js'
import type { Terminal } from './terminal.js'

/** Runs one command line, the words after the program's name. Prints, and answers the exit code; never rejects. */
export async function run(line: readonly string[], terminal: Terminal): Promise<ExitCode> {
  // Read from the bare line, since a line that cannot be parsed is answered in JSON too.
  const json = wantsJson(line.includes('--json'), terminal.env)
  let exitCode: ExitCode = exitCodes.done
  const program = createProgram(
    async (operation) => {
      const report = await operation(terminal)
      if (report) exitCode = printReport(report, json, terminal)
    },
    (text) => terminal.stdout.write(text),
  )
  try {
    const vocabulary = vocabularyOf(program)
    const words = commandFirst(line, vocabulary)
    requireCommand(words, vocabulary)
    await program.parseAsync(words, { from: 'user' })
    return exitCode
  } catch (error) {
    // Help and version that were asked for.
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done
    return printError(errorReport(error), json, terminal)
  }
}

const standsAlone: ReadonlySet<string> = new Set(['-h', '--help', '-V', '--version'])

function requireCommand(words: readonly string[], { groups }: Vocabulary): void {
  if (words.some((word) => standsAlone.has(word))) return
  const end = words.findIndex((word) => word.startsWith('-'))
  const command = (end < 0 ? words : words.slice(0, end)).join(' ')
  if (command === '') {
    throw new CommandError('missing-command', 'Name a command, such as verify; flavor-license --help lists them.')
  }
  if (groups.has(command)) {
    throw new CommandError(
      'missing-command',
      `The command ${command} needs a further word; flavor-license ${command} --help lists them.`,
    )
  }
}

function printReport({ exitCode, json: object, text }: Report, json: boolean, { stdout }: Terminal): ExitCode {
  stdout.write(`${json ? JSON.stringify(object) : text}\n`)
  return exitCode
}

function printError({ exitCode, json: object }: ErrorReport, json: boolean, { stdout, stderr }: Terminal): ExitCode {
  if (json) stdout.write(`${JSON.stringify(object)}\n`)
  else stderr.write(`flavor-license: ${object.message}\n`)
  return exitCode
}
