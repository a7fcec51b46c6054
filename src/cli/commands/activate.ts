import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { CommandError } from '../command-error.js'
import { outcomeExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import { licenseKeyInput } from '../license-key-input.js'
import { withTextOption } from '../option.js'
import type { Perform } from '../perform.js'
import { renderActivation } from '../render/outcome.js'
import type { Terminal } from '../terminal.js'

interface ActivateValues extends ClientOptionValues {
  readonly token?: string
}

const notes = `
A key on the command line is visible to other users of this machine (in the list of processes) and stays in the
shell's history. "activate -" reads it from standard input; without KEY, on a terminal, it is asked for and not shown.

Examples:
  $ flavor-license activate --product flavor-starter --product-version 1.4.2 --domain mysite.com
  $ flavor-license activate - --json < key.txt`

export function addActivate(program: Command, perform: Perform): void {
  const command = program
    .command('activate')
    .summary('activate a license key on a domain')
    .description('Activates a license key on a domain. Doing so again takes no second activation.')
    .argument('[KEY]', 'the license key, FLVR-XXXX-XXXX-XXXX-XXXX; - reads it from standard input')
    .addHelpText('after', notes)
  withTextOption(command, {
    flags: '--token <file>',
    description: 'install a license file in place of a key, without asking the hub; - reads it from standard input',
  })
  withClientOptions(command).action((argument: string | undefined, values: ActivateValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors, now }) => {
        const outcome =
          values.token === undefined
            ? await client.activate(await licenseKeyInput(argument, terminal))
            : await client.activateOffline(await readToken(values.token, argument, terminal))
        return {
          exitCode: outcomeExitCode(outcome.outcome),
          json: outcome,
          text: renderActivation(outcome, now(), colors),
        }
      }),
    ),
  )
}

async function readToken(file: string, key: string | undefined, { stdin, cwd }: Terminal): Promise<string> {
  if (key !== undefined) {
    throw new CommandError('conflicting-option', 'Give either a license key or --token with a license file, not both.')
  }
  if (file === '-') return text(stdin)
  return readFile(resolve(cwd(), file), 'utf8').catch(() => {
    throw new CommandError('unreadable-file', `The license file ${file} cannot be read.`)
  })
}
