import { type Command, Option } from 'commander'
import { CommandError } from './command-error.js'
import { environmentFlag } from './environment.js'
import type { Terminal } from './terminal.js'

/** An option that takes a text. `variable` is the environment variable that stands in for it. */
export interface TextOption {
  readonly flags: string
  readonly description: string
  readonly variable?: string
}

/** Standing more than once on the line, the last one counts. */
export function withTextOption(command: Command, { flags, description, variable }: TextOption): void {
  const option = new Option(flags, documented(description, variable))
  command.addOption(option.argParser((value: string) => requireValue(flags, value)))
}

/** Standing more than once on the line, all of them count. */
export function withRepeatedOption(command: Command, { flags, description, variable }: TextOption): void {
  const option = new Option(flags, documented(`${description}; repeatable`, variable))
  command.addOption(
    option.argParser((value: string, previous: readonly string[] = []) => [...previous, requireValue(flags, value)]),
  )
}

export function withFlag(command: Command, { flags, description, variable }: TextOption): void {
  command.option(flags, documented(description, variable))
}

const jsonVariable = 'FLAVOR_LICENSE_JSON'

/** @param flag - Whether the flag stands on the line. */
export function wantsJson(flag: boolean, env: Terminal['env']): boolean {
  return flag || environmentFlag(env, jsonVariable)
}

export function withJsonFlag(command: Command): void {
  withFlag(command, {
    flags: '--json',
    description: 'print one JSON object and nothing else',
    variable: jsonVariable,
  })
}

function documented(description: string, variable: string | undefined): string {
  return variable === undefined ? description : `${description} (env: ${variable})`
}

/**
 * `--domain --json` lacks a domain; it does not mean the domain `--json`. An installation id or a key id may begin with
 * two hyphens, too, but is not spelled like an option.
 */
function requireValue(flags: string, value: string): string {
  if (!/^--[a-z-]*(?:=|$)/.test(value)) return value
  throw new CommandError('option-missing-argument', `Option '${flags}' argument missing.`)
}
