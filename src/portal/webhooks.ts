import type { CreateOutcome, RemoveOutcome } from '../domain/portal/outcome.js'
import type { CreatedWebhook, Webhook, WebhookOrder } from '../domain/portal/webhook.js'
import { buildListQuery } from '../protocol/exchange/portal/list.js'
import { readRemoval } from '../protocol/exchange/portal/reading.js'
import { buildWebhookCreation, readCreatedWebhook, readWebhookList } from '../protocol/exchange/portal/webhook.js'
import { webhookEventNames } from '../protocol/wire/portal/webhook.js'
import type { AskPortal } from './ask-portal.js'
import { idProblem, unlessWrong } from './input.js'
import type { PortalCallOptions } from './options.js'
import type { InputProblems } from './outcomes.js'
import { type PortalList, pagedList } from './paged-list.js'
import { created, removed } from './results.js'

/** Addresses that the hub tells of events. All of it needs a login. */
export interface PortalWebhooks {
  /** All webhooks of the account, without their secrets. */
  list(): PortalList<Webhook>
  /** The only time that the secret is shown: `item.secret`. */
  create(order: WebhookOrder, options?: PortalCallOptions): Promise<CreateOutcome<CreatedWebhook>>
  /** The hub tells that address no more. */
  delete(id: number, options?: PortalCallOptions): Promise<RemoveOutcome<'deleted'>>
}

export function portalWebhooks(ask: AskPortal): PortalWebhooks {
  return {
    list: () =>
      pagedList((page, perPage, options) => {
        const query = buildListQuery(page, perPage)
        return ask({ route: 'webhookList', purpose: 'list webhooks', query, read: readWebhookList }, options)
      }),

    create: (order, options) =>
      unlessWrong(orderProblems(order), async () => {
        const body = buildWebhookCreation(order)
        const call = { route: 'webhookCreate', purpose: 'create webhooks', read: readCreatedWebhook } as const
        return created(await ask({ ...call, body }, options))
      }),

    delete: (id, options) =>
      unlessWrong(idProblem(id), async () => {
        const call = { route: 'webhookDelete', purpose: 'delete webhooks', read: readRemoval } as const
        return removed('deleted', await ask({ ...call, path: { id } }, options))
      }),
  }
}

/** A program without types may leave the order out. */
function orderProblems(order: WebhookOrder | null | undefined): InputProblems {
  const { url, events }: Partial<WebhookOrder> = order ?? {}
  const isUrl = url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol)
  const isList = Array.isArray(events) && events.length > 0 && events.every((name) => webhookEventNames.includes(name))
  return {
    ...(!isUrl && { url: 'a URL that begins with https:// or http://' }),
    ...(!isList && { events: `a list of at least one of ${webhookEventNames.join(', ')}` }),
  }
}
