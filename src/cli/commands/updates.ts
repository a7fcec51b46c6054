import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { outcomeExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import type { Perform } from '../perform.js'
import { renderUpdates } from '../render/outcome.js'

export function addUpdates(program: Command, perform: Perform): void {
  const command = program
    .command('updates')
    .summary('look for a newer release')
    .description('Asks the hub for a release that is newer than --product-version. An update has the exit code 10.')
  withClientOptions(command).action((values: ClientOptionValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors, now }) => {
        const outcome = await client.checkUpdates()
        return {
          exitCode: outcomeExitCode(outcome.outcome),
          json: outcome,
          text: renderUpdates(outcome, now(), colors),
        }
      }),
    ),
  )
}
