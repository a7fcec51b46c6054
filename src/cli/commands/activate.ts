import type { Command } from 'commander'
import type { ActivateOfflineOutcome, ActivateOutcome, LicenseClient } from '../../index.js'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { CommandError } from '../command-error.js'
import { outcomeExitCode } from '../exit-code.js'
import { readInput } from '../file-input.js'
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

A license file is for a machine that never sees the hub. It asks nothing, and needs the seller's --trusted-key.
"request" tells what the seller needs to issue one.

Examples:
  $ flavor-license activate --product flavor-starter --product-version 1.4.2 --domain mysite.com
  $ flavor-license activate - --json < key.txt
  $ flavor-license activate --token license.token`

export function addActivate(program: Command, perform: Perform): void {
  const command = program
    .command('activate')
    .summary('activate a license key, or a license file, on a domain')
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
        const outcome = await activate(client, argument, values.token, terminal)
        return {
          exitCode: outcomeExitCode(outcome.outcome),
          json: outcome,
          text: renderActivation(outcome, now(), colors),
        }
      }),
    ),
  )
}

async function activate(
  client: LicenseClient,
  argument: string | undefined,
  tokenFile: string | undefined,
  terminal: Terminal,
): Promise<ActivateOutcome | ActivateOfflineOutcome> {
  if (tokenFile === undefined) return client.activate(await licenseKeyInput(argument, terminal))
  if (argument === undefined) return client.activateOffline(await readInput(tokenFile, 'The license file', terminal))
  throw new CommandError('conflicting-option', 'Give either a license key or --token with a license file, not both.')
}
