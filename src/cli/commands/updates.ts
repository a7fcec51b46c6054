import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { environmentFlag } from '../environment.js'
import { outcomeExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import { withFlag } from '../option.js'
import type { Perform } from '../perform.js'
import { renderUpdates } from '../render/outcome.js'

interface UpdatesValues extends ClientOptionValues {
  readonly fresh?: boolean
}

export function addUpdates(program: Command, perform: Perform): void {
  const command = program
    .command('updates')
    .summary('look for newer releases')
    .description(
      'Looks for a release that is newer than --product-version, and for newer versions of installed components.\n' +
        'The last answer of the hub is good for 12 hours. An update has the exit code 10.',
    )
  withFlag(command, {
    flags: '--fresh',
    description: 'ask the hub however fresh its last answer is',
    variable: 'FLAVOR_LICENSE_FRESH',
  })
  withClientOptions(command).action((values: UpdatesValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors, now }) => {
        const fresh = values.fresh ?? environmentFlag(terminal.env, 'FLAVOR_LICENSE_FRESH')
        const outcome = await client.checkUpdates({ fresh })
        return {
          exitCode: outcomeExitCode(outcome.outcome),
          json: outcome,
          text: renderUpdates(outcome, now(), colors),
        }
      }),
    ),
  )
}
