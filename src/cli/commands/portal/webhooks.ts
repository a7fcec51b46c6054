import type { Command } from 'commander'
import type { WebhookEventName } from '../../../portal/index.js'
import { CommandError } from '../../command-error.js'
import { required } from '../../offline-license-options.js'
import { withRepeatedOption, withTextOption } from '../../option.js'
import type { Perform } from '../../perform.js'
import { readId } from '../../portal/number-input.js'
import { onPortal } from '../../portal/portal-command.js'
import { type PortalOptionValues, withPortalOptions } from '../../portal/portal-options.js'
import { renderCreatedWebhook, renderWebhooks } from '../../render/portal/webhooks.js'

interface CreateValues extends PortalOptionValues {
  readonly url?: string
  readonly event?: readonly string[]
  readonly description?: string
}

const events = [
  'license.created',
  'license.activated',
  'license.deactivated',
  'license.revoked',
  'license.expired',
] as const satisfies readonly WebhookEventName[]

export function addWebhooks(portal: Command, perform: Perform): void {
  const webhooks = portal
    .command('webhooks')
    .summary('list, create and delete webhooks')
    .description('Works on webhooks: addresses that the hub tells of events. Needs a login.')

  const list = webhooks.command('list').summary('list webhooks').description('Lists webhooks.')
  withPortalOptions(list).action((values: PortalOptionValues) =>
    perform((terminal) => onPortal(values, terminal, (client) => client.webhooks.list().all(), renderWebhooks)),
  )

  const create = webhooks
    .command('create')
    .summary('create a webhook')
    .description('Creates a webhook, and prints this once the secret that its deliveries are signed with.')
  withTextOption(create, { flags: '--url <url>', description: 'where events are sent' })
  withRepeatedOption(create, {
    flags: '--event <name>',
    description: `what is sent: ${events.join(', ')}; all unless given`,
  })
  withTextOption(create, { flags: '--description <text>', description: 'what it is for' })
  withPortalOptions(create).action((values: CreateValues) =>
    perform((terminal) => {
      const order = {
        url: required(values.url, 'url'),
        events: values.event?.map(readEvent) ?? events,
        ...(values.description !== undefined && { description: values.description }),
      }
      return onPortal(values, terminal, (client) => client.webhooks.create(order), renderCreatedWebhook)
    }),
  )

  const remove = webhooks
    .command('delete')
    .argument('<ID>', 'the id of the webhook')
    .summary('delete a webhook')
    .description('Deletes a webhook.')
  withPortalOptions(remove).action((id: string, values: PortalOptionValues) =>
    perform((terminal) =>
      onPortal(
        values,
        terminal,
        (client) => client.webhooks.delete(readId(id)),
        (_, { colors }) => colors.green('The webhook has been deleted.'),
      ),
    ),
  )
}

function readEvent(text: string): WebhookEventName {
  const event = events.find((name) => name === text)
  if (event !== undefined) return event
  throw new CommandError('invalid-event', `The value of --event must be one of: ${events.join(', ')}.`)
}
