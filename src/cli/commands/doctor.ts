import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { verdictExitCode } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import type { Perform } from '../perform.js'
import { renderExplanation } from '../render/explanation.js'

const examples = `
Examples:
  $ flavor-license doctor --product flavor-starter --product-version 1.4.2 --domain mysite.com
  $ flavor-license doctor --json > ticket.json`

export function addDoctor(program: Command, perform: Perform): void {
  const command = program
    .command('doctor')
    .summary('tell why the verdict is what it is, for a support ticket')
    .description(
      'Tells why the verdict is what it is: the record and its ages, the clock, the directory, the network and the\n' +
        'budgets. Fit for a support ticket: it holds no license key and no secret. Asks no hub. The exit code is that\n' +
        'of status.',
    )
    .addHelpText('after', examples)
  withClientOptions(command).action((values: ClientOptionValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors, now }) => {
        const explanation = await client.explain()
        return {
          exitCode: verdictExitCode(explanation.verdict),
          json: explanation,
          text: renderExplanation(explanation, now(), colors),
        }
      }),
    ),
  )
}
