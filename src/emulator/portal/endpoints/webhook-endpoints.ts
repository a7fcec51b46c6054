import type { WireList } from '../../../protocol/wire/portal/page.js'
import {
  createdWebhookSchema,
  type WireCreatedWebhook,
  type WireWebhook,
  webhookCreationSchema,
  webhookEventNames,
} from '../../../protocol/wire/portal/webhook.js'
import { timestamp } from '../../timestamp.js'
import { accountEndpoint, nothing, type PortalEndpoint } from '../endpoint.js'
import { eventsRule, textRule, urlRule } from '../field-rules.js'
import { listed } from '../listing.js'
import { webhookPageSchema } from '../named-schemas.js'
import { pageFields } from '../query.js'
import { licenseMakers } from '../role.js'
import { addWebhook, type Webhook, webhooksOf, withoutWebhook } from '../webhooks.js'

export const webhookCreateEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Make a webhook; its secret is shown this once',
  request: webhookCreationSchema,
  rules: [urlRule, eventsRule, textRule('description')],
  status: 201,
  response: createdWebhookSchema,
  roles: licenseMakers,
  refusals: [],
  serve: ({ body: { url, events, description = null } }, { store, account, now }): WireCreatedWebhook => {
    const names = webhookEventNames.filter((name) => events.includes(name))
    const { state, webhook } = addWebhook(store.read(), account, { url, events: names, description }, now)
    store.write(state)
    return { ...wireWebhook(webhook), secret: webhook.secret }
  },
})

export const webhookListEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'List webhooks',
  request: nothing,
  query: pageFields,
  status: 200,
  response: webhookPageSchema,
  roles: licenseMakers,
  refusals: [],
  serve: ({ query }, { store, account }): WireList<WireWebhook> =>
    listed(webhooksOf(store.read(), account).map(wireWebhook), query, 'envelope'),
})

export const webhookDeleteEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Delete a webhook and what it was still to be told',
  request: nothing,
  status: 204,
  response: null,
  roles: licenseMakers,
  refusals: ['webhook_not_found'],
  serve: ({ id }, { store, account }): void => store.write(withoutWebhook(store.read(), account, id)),
})

function wireWebhook({ id, url, events, description, createdAt }: Webhook): WireWebhook {
  return { id, url, events, is_active: true, description, created_at: timestamp(createdAt) }
}
