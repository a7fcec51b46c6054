import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { outcomeExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import { licenseKeyInput } from '../license-key-input.js'
import type { Perform } from '../perform.js'
import { renderActivation } from '../render/outcome.js'

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
  withClientOptions(command).action((argument: string | undefined, values: ClientOptionValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors, now }) => {
        const outcome = await client.activate(await licenseKeyInput(argument, terminal))
        return {
          exitCode: outcomeExitCode(outcome.outcome),
          json: outcome,
          text: renderActivation(outcome, now(), colors),
        }
      }),
    ),
  )
}
