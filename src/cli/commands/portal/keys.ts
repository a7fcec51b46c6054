import type { Command } from 'commander'
import { required } from '../../offline-license-options.js'
import { withTextOption } from '../../option.js'
import type { Perform } from '../../perform.js'
import { readId } from '../../portal/number-input.js'
import { onPortal } from '../../portal/portal-command.js'
import { type PortalOptionValues, withPortalOptions } from '../../portal/portal-options.js'
import { renderApiKeys, renderCreatedApiKey } from '../../render/portal/api-keys.js'

interface CreateValues extends PortalOptionValues {
  readonly name?: string
}

export function addKeys(portal: Command, perform: Perform): void {
  const keys = portal
    .command('keys')
    .summary('list, create and revoke API keys')
    .description('Works on the API keys of the account, 10 at most. Needs a login.')

  const list = keys.command('list').summary('list API keys').description('Lists API keys, by their first characters.')
  withPortalOptions(list).action((values: PortalOptionValues) =>
    perform((terminal) => onPortal(values, terminal, (client) => client.apiKeys.list().all(), renderApiKeys)),
  )

  const create = keys
    .command('create')
    .summary('create an API key')
    .description('Creates an API key, and prints it this once.')
  withTextOption(create, { flags: '--name <name>', description: 'what it is for' })
  withPortalOptions(create).action((values: CreateValues) =>
    perform((terminal) => {
      const name = required(values.name, 'name')
      return onPortal(values, terminal, (client) => client.apiKeys.create(name), renderCreatedApiKey)
    }),
  )

  const revoke = keys
    .command('revoke')
    .argument('<ID>', 'the id of the API key')
    .summary('make an API key stop working')
    .description('Makes an API key stop working at once.')
  withPortalOptions(revoke).action((id: string, values: PortalOptionValues) =>
    perform((terminal) =>
      onPortal(
        values,
        terminal,
        (client) => client.apiKeys.revoke(readId(id)),
        (_, { colors }) => colors.green('The API key has been revoked.'),
      ),
    ),
  )
}
