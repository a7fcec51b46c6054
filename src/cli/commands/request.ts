import type { Command } from 'commander'
import { type ClientOptionValues, withClientOptions } from '../client-options.js'
import { exitCodes } from '../exit-code.js'
import { onLicense } from '../license-command.js'
import type { Perform } from '../perform.js'
import { renderColumns } from '../render/columns.js'

const notes = `
Send what --json prints to the seller, who answers with a license file for "activate --token FILE". Nothing in it is
secret. Over the telephone, read out the product, the domain and the line "To read out": slips are noticed there.

Examples:
  $ flavor-license request --json --product flavor-starter --product-version 1.4.2 --domain mysite.com > request.json
  $ flavor-license request --product flavor-desk --product-version 2.0.0 --domain auto`

export function addRequest(program: Command, perform: Perform): void {
  const command = program
    .command('request')
    .summary('tell what the seller needs to license a machine without a connection')
    .description('Tells what the seller needs to issue a license file for a machine that never sees the hub.')
    .addHelpText('after', notes)
  withClientOptions(command).action((values: ClientOptionValues) =>
    perform((terminal) =>
      onLicense(values, terminal, async ({ client, colors }) => {
        const request = await client.offlineRequest()
        const text = renderColumns(
          'The seller needs this to issue a license file for this machine.',
          [
            ['Product', request.product],
            ['Version', request.productVersion],
            ['Domain', request.domain],
            ['Installation', request.installationId],
            ['To read out', request.spokenInstallationId ?? undefined],
            ['Nonce', request.nonce],
          ],
          colors.dim,
        )
        return { exitCode: exitCodes.done, json: request, text }
      }),
    ),
  )
}
