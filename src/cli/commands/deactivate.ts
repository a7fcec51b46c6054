import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { outcomeExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import type { Perform } from '../perform.js'
import { renderDeactivation } from '../render/outcome.js'

export function addDeactivate(program: Command, perform: Perform): void {
  const command = program
    .command('deactivate')
    .summary('free the activation, so that the license can be used elsewhere')
    .description(
      'Frees the activation on this domain, so that the license can be used elsewhere, and forgets the key.\n' +
        'Where no license is active there is nothing to do, and the exit code is 0.',
    )
  withClientOptions(command).action((values: ClientOptionValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors, now }) => {
        const outcome = await client.deactivate()
        return {
          exitCode: outcomeExitCode(outcome.outcome),
          json: outcome,
          text: renderDeactivation(outcome, now(), colors),
        }
      }),
    ),
  )
}
