import { CommanderError } from 'commander'
import { isFlavorLicenseError } from '../index.js'
import { CommandError } from './command-error.js'
import { type ExitCode, exitCodes } from './exit-code.js'

/** How a command ended. */
export interface Report {
  readonly exitCode: ExitCode
  /** What `--json` prints. */
  readonly json: object
  /** What people read. */
  readonly text: string
}

/** An error in the form of an outcome. */
export interface ErrorOutcome {
  readonly outcome: 'error'
  readonly code: string
  readonly message: string
}

export interface ErrorReport extends Report {
  readonly json: ErrorOutcome
}

export function errorReport(error: unknown): ErrorReport {
  const { exitCode, code, message } = explain(error)
  const sentence = maskKeys(message)
  return { exitCode, json: { outcome: 'error', code, message: sentence }, text: sentence }
}

function explain(error: unknown): { exitCode: ExitCode; code: string; message: string } {
  if (error instanceof CommandError) return error
  if (error instanceof CommanderError) return explainUsage(error)
  if (isFlavorLicenseError(error)) {
    return { exitCode: exitCodes.wrongUsage, code: error.code, message: error.message }
  }
  const detail = error instanceof Error ? error.message : String(error)
  return { exitCode: exitCodes.internalError, code: 'internal-error', message: `Something went wrong: ${detail}` }
}

function explainUsage({ code, message }: CommanderError): { exitCode: ExitCode; code: string; message: string } {
  // Where help is asked for on a command that there is not, the parser prints its own help as an error.
  if (code === 'commander.help') {
    const sentence = 'There is no such command; flavor-license --help lists them.'
    return { exitCode: exitCodes.wrongUsage, code: 'unknown-command', message: sentence }
  }
  const name = code.replace(/^commander\./, '').replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
  const [problem = '', ...suggestions] = message.replace(/^error: /, '').split('\n')
  const suggestion = suggestions.map((line) => ` ${line}`).join('')
  const sentence = `${problem.charAt(0).toUpperCase()}${problem.slice(1).replace(/\.$/, '')}${suggestion}.`
  return { exitCode: exitCodes.wrongUsage, code: name, message: sentence }
}

/** A key that stands in the wrong place on the line is quoted in a usage error; errors end up in logs. */
function maskKeys(text: string): string {
  return text.replace(/FLVR[^\s'",;]*/gi, 'FLVR-****')
}
