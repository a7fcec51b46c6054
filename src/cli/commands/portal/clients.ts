import type { Command } from 'commander'
import { CommandError } from '../../command-error.js'
import { required } from '../../offline-license-options.js'
import { withFlag, withTextOption } from '../../option.js'
import type { Perform } from '../../perform.js'
import { type CsvFlagValues, forSpreadsheets, withCsvFlag } from '../../portal/csv-report.js'
import { readId } from '../../portal/number-input.js'
import { onPortal } from '../../portal/portal-command.js'
import { type PortalOptionValues, withPortalOptions } from '../../portal/portal-options.js'
import { clientCsvColumns, renderClients, renderCreatedClient } from '../../render/portal/clients.js'
import { licenseCsvColumns, renderLicenses } from '../../render/portal/licenses.js'

interface CreateValues extends PortalOptionValues {
  readonly email?: string
  readonly name?: string
  readonly company?: string
}

interface DeleteValues extends PortalOptionValues {
  readonly confirm?: boolean
}

export function addClients(portal: Command, perform: Perform): void {
  const clients = portal.command('clients').summary('list, create and delete clients').description('Works on clients.')

  const list = clients.command('list').summary('list clients').description('Lists the clients of the account.')
  withCsvFlag(list)
  withPortalOptions(list).action((values: PortalOptionValues & CsvFlagValues) =>
    perform((terminal) => {
      const render = forSpreadsheets(values, clientCsvColumns, renderClients)
      return onPortal(values, terminal, (client) => client.clients.list().all(), render)
    }),
  )

  const create = clients
    .command('create')
    .summary('create a client')
    .description('Creates a client. Its e-mail address is unique at the hub.')
  withTextOption(create, { flags: '--email <address>', description: 'its e-mail address' })
  withTextOption(create, { flags: '--name <name>', description: 'its name' })
  withTextOption(create, { flags: '--company <name>', description: 'its company' })
  withPortalOptions(create).action((values: CreateValues) =>
    perform((terminal) => {
      const order = {
        email: required(values.email, 'email'),
        name: required(values.name, 'name'),
        ...(values.company !== undefined && { company: values.company }),
      }
      return onPortal(values, terminal, (client) => client.clients.create(order), renderCreatedClient)
    }),
  )

  const remove = clients
    .command('delete')
    .argument('<ID>', 'the id of the client')
    .summary('delete a client and revoke all its licenses')
    .description('Deletes a client and revokes all its licenses. Cannot be undone.')
  withFlag(remove, { flags: '--confirm', description: 'say that you mean it' })
  withPortalOptions(remove).action((id: string, values: DeleteValues) =>
    perform((terminal) => {
      const { confirm } = values
      if (!confirm) {
        throw new CommandError(
          'missing-option',
          'Deleting a client revokes all its licenses and cannot be undone. Missing: --confirm.',
        )
      }
      return onPortal(
        values,
        terminal,
        (client) => client.clients.delete(readId(id), { confirm }),
        (_, { colors }) => colors.green('The client has been deleted, and its licenses revoked.'),
      )
    }),
  )

  const licenses = clients
    .command('licenses')
    .argument('<ID>', 'the id of the client')
    .summary('list the licenses of a client')
    .description('Lists the licenses of a client.')
  withCsvFlag(licenses)
  withPortalOptions(licenses).action((id: string, values: PortalOptionValues & CsvFlagValues) =>
    perform((terminal) => {
      const render = forSpreadsheets(values, licenseCsvColumns, renderLicenses)
      return onPortal(values, terminal, (client) => client.clients.licenses(readId(id)).all(), render)
    }),
  )
}
