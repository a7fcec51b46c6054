import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { outcomeExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import type { Perform } from '../perform.js'
import { renderUpdateInfo } from '../render/update-info.js'

export function addUpdateInfo(update: Command, perform: Perform): void {
  const command = update
    .command('info')
    .summary('show what is new in a release')
    .description('Shows what the author says about a release of the product. Asks the hub each time.')
    .argument('[version]', 'the release; the latest unless given')
  withClientOptions(command).action((version: string | undefined, values: ClientOptionValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors, now }) => {
        const outcome = await client.updateInfo(version === undefined ? {} : { version })
        return {
          exitCode: outcomeExitCode(outcome.outcome),
          json: outcome,
          text: renderUpdateInfo(outcome, now(), colors),
        }
      }),
    ),
  )
}
