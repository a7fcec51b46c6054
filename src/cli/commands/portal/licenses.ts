import type { Command } from 'commander'
import type { BulkOrder, LicenseFilter, PortalLicenseSource, PortalLicenseStatus } from '../../../portal/index.js'
import { CommandError } from '../../command-error.js'
import { required } from '../../offline-license-options.js'
import { withTextOption } from '../../option.js'
import type { Perform } from '../../perform.js'
import { placeOrders, readBulkOrders } from '../../portal/bulk-orders.js'
import { type CsvFlagValues, forSpreadsheets, withCsvFlag } from '../../portal/csv-report.js'
import { type LicenseOrderValues, readLicenseOrder, withLicenseOrderOptions } from '../../portal/license-order-input.js'
import { readId, readNumber } from '../../portal/number-input.js'
import { onPortal } from '../../portal/portal-command.js'
import { type PortalOptionValues, withPortalOptions } from '../../portal/portal-options.js'
import {
  licenseCsvColumns,
  renderCreatedLicenses,
  renderLicense,
  renderLicenses,
} from '../../render/portal/licenses.js'
import type { Terminal } from '../../terminal.js'

interface ListValues extends PortalOptionValues, CsvFlagValues {
  readonly status?: string
  readonly source?: string
  readonly search?: string
}

interface BulkValues extends PortalOptionValues, LicenseOrderValues, CsvFlagValues {
  readonly quantity?: string
  readonly from?: string
}

const statuses = ['active', 'revoked', 'expired'] as const satisfies readonly PortalLicenseStatus[]
const sources = ['individual', 'bulk_pack', 'commitment', 'nfr'] as const satisfies readonly PortalLicenseSource[]

const bulkNotes = `
The file of --from is CSV. Its first row names its columns: productId and quantity, and where they are needed tier,
expiresAt and customerId. Nothing is ordered unless every row is right.

Where an answer is lost, nothing is ordered again: the licenses that it is not known of are counted as unknown. Look for
them with "licenses list" before you order them anew.

Examples:
  $ flavor-license portal licenses bulk --product-id 1 --quantity 50 --csv > licenses.csv
  $ flavor-license portal licenses bulk --from orders.csv --json`

export function addLicenses(portal: Command, perform: Perform): void {
  const licenses = portal
    .command('licenses')
    .summary('list, create and revoke licenses')
    .description('Works on licenses.')
  addList(licenses, perform)
  addCreate(licenses, perform)
  addBulk(licenses, perform)
  addChanges(licenses, perform)
}

function addList(licenses: Command, perform: Perform): void {
  const command = licenses.command('list').summary('list licenses').description('Lists the licenses of the account.')
  withTextOption(command, { flags: '--status <status>', description: `only those that are ${statuses.join(', ')}` })
  withTextOption(command, { flags: '--source <source>', description: `only those from ${sources.join(', ')}` })
  withTextOption(command, { flags: '--search <text>', description: 'only those that the hub finds for a text' })
  withCsvFlag(command)
  withPortalOptions(command).action((values: ListValues) =>
    perform((terminal) => {
      const filter = readFilter(values)
      const render = forSpreadsheets(values, licenseCsvColumns, renderLicenses)
      return onPortal(values, terminal, (client) => client.licenses.list(filter).all(), render)
    }),
  )
}

function readFilter({ status, source, search }: ListValues): LicenseFilter {
  return {
    ...(status !== undefined && { status: oneOf(statuses, status, 'status') }),
    ...(source !== undefined && { source: oneOf(sources, source, 'source') }),
    ...(search !== undefined && { search }),
  }
}

function oneOf<Choice extends string>(choices: readonly Choice[], text: string, option: string): Choice {
  const choice = choices.find((candidate) => candidate === text)
  if (choice !== undefined) return choice
  throw new CommandError(`invalid-${option}`, `The value of --${option} must be one of: ${choices.join(', ')}.`)
}

function addCreate(licenses: Command, perform: Perform): void {
  const command = licenses
    .command('create')
    .summary('create a license')
    .description('Creates a license, and prints its key.')
  withLicenseOrderOptions(command)
  withPortalOptions(command).action((values: PortalOptionValues & LicenseOrderValues) =>
    perform((terminal) => {
      const order = readLicenseOrder(values)
      return onPortal(
        values,
        terminal,
        (client) => client.licenses.create(order),
        ({ item }, rendering) => renderCreatedLicenses({ outcome: 'created', items: [item] }, rendering),
      )
    }),
  )
}

function addBulk(licenses: Command, perform: Perform): void {
  const command = licenses
    .command('bulk')
    .summary('create many licenses')
    .description('Creates many licenses, one hundred at a time, and prints their keys.')
    .addHelpText('after', bulkNotes)
  withLicenseOrderOptions(command)
  withTextOption(command, { flags: '--quantity <n>', description: 'how many' })
  withTextOption(command, { flags: '--from <file>', description: 'take the orders from CSV; - is standard input' })
  withCsvFlag(command)
  withPortalOptions(command).action((values: BulkValues) =>
    perform(async (terminal) => {
      const orders = await readOrders(values, terminal)
      const render = forSpreadsheets(values, licenseCsvColumns, renderCreatedLicenses)
      return onPortal(values, terminal, (client) => placeOrders(client, orders), render)
    }),
  )
}

async function readOrders(values: BulkValues, terminal: Terminal): Promise<readonly BulkOrder[]> {
  const { from, quantity, productId, tier, expiresAt, customerId } = values
  if (from === undefined) {
    return [{ ...readLicenseOrder(values), quantity: readNumber(required(quantity, 'quantity'), 'The quantity') }]
  }
  if ([quantity, productId, tier, expiresAt, customerId].every((value) => value === undefined)) {
    return readBulkOrders(from, terminal)
  }
  throw new CommandError(
    'conflicting-option',
    'With --from, what is ordered stands in the file. Give one or the other.',
  )
}

function addChanges(licenses: Command, perform: Perform): void {
  const reactivate = licenses
    .command('reactivate')
    .argument('<ID>', 'the id of the license')
    .summary('make a revoked license work again')
    .description('Makes a revoked license work again.')
  withPortalOptions(reactivate).action((id: string, values: PortalOptionValues) =>
    perform((terminal) =>
      onPortal(
        values,
        terminal,
        (client) => client.licenses.reactivate(readId(id)),
        ({ item }, rendering) => renderLicense('The license works again.', item, rendering),
      ),
    ),
  )

  const revoke = licenses
    .command('revoke')
    .argument('<ID>', 'the id of the license')
    .summary('make a license stop working')
    .description('Makes a license stop working. Needs a login.')
  withPortalOptions(revoke).action((id: string, values: PortalOptionValues) =>
    perform((terminal) =>
      onPortal(
        values,
        terminal,
        (client) => client.licenses.revoke(readId(id)),
        ({ item }, rendering) => renderLicense('The license has been revoked.', item, rendering),
      ),
    ),
  )

  const remove = licenses
    .command('delete')
    .argument('<ID>', 'the id of the license')
    .summary('delete a license')
    .description('Deletes a license. Needs a login.')
  withPortalOptions(remove).action((id: string, values: PortalOptionValues) =>
    perform((terminal) =>
      onPortal(
        values,
        terminal,
        (client) => client.licenses.delete(readId(id)),
        (_, { colors }) => colors.green('The license has been deleted.'),
      ),
    ),
  )

  const deactivate = licenses
    .command('deactivate')
    .argument('<ID>', 'the id of the license')
    .argument('<DOMAIN>', 'the domain to free')
    .summary('free the slot that a domain takes')
    .description('Frees the slot that a domain takes of a license. Needs a login.')
  withPortalOptions(deactivate).action((id: string, domain: string, values: PortalOptionValues) =>
    perform((terminal) =>
      onPortal(
        values,
        terminal,
        (client) => client.licenses.deactivateDomain(readId(id), domain),
        (_, { colors }) => colors.green('The license is not activated on this domain any more.'),
      ),
    ),
  )
}
