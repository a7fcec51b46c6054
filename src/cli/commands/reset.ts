import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { outcomeExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import type { Perform } from '../perform.js'
import { renderReset } from '../render/outcome.js'

const examples = `
Examples:
  $ flavor-license reset --product flavor-starter --product-version 1.4.2 --domain mysite.com`

export function addReset(program: Command, perform: Perform): void {
  const command = program
    .command('reset')
    .summary('forget the license on this machine')
    .description(
      'Forgets the license on this machine, whatever its state. Asks no hub: an activation that it takes there stays\n' +
        'taken. To free it, use deactivate instead.',
    )
    .addHelpText('after', examples)
  withClientOptions(command).action((values: ClientOptionValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors }) => {
        const outcome = await client.reset()
        return { exitCode: outcomeExitCode(outcome.outcome), json: outcome, text: renderReset(outcome, colors) }
      }),
    ),
  )
}
