import { type ExitCode, exitCodes } from './exit-code.js'

/** Ends a command with one sentence. Wrong usage unless told otherwise. */
export class CommandError extends Error {
  override readonly name: string = 'CommandError'
  readonly code: string
  readonly exitCode: ExitCode

  constructor(code: string, message: string, exitCode: ExitCode = exitCodes.wrongUsage) {
    super(message)
    this.code = code
    this.exitCode = exitCode
  }
}
