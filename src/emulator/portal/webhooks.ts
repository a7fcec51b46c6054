import { randomBytes } from 'node:crypto'
import type { WebhookEventName } from '../../protocol/wire/portal/webhook.js'
import { HubRefusal } from '../hub/refusal.js'
import type { HubState } from '../hub/state.js'
import type { Account } from './accounts.js'
import { withNewId, withPortal } from './state.js'

/** Where an account wants to hear of its licenses. */
export interface Webhook {
  readonly id: number
  readonly ownerId: number
  readonly url: string
  readonly events: readonly WebhookEventName[]
  /** Signs deliveries, so it is kept as it is. */
  readonly secret: string
  readonly description: string | null
  /** Epoch milliseconds. */
  readonly createdAt: number
}

export function addWebhook(
  state: HubState,
  account: Account,
  details: Pick<Webhook, 'url' | 'events' | 'description'>,
  now: number,
): { readonly state: HubState; readonly webhook: Webhook } {
  const [numbered, id] = withNewId(state)
  const secret = randomBytes(32).toString('hex')
  const webhook = { id, ownerId: account.id, ...details, secret, createdAt: now }
  return { state: withPortal(numbered, { webhooks: [...state.portal.webhooks, webhook] }), webhook }
}

export function webhooksOf(state: HubState, account: Account): readonly Webhook[] {
  return state.portal.webhooks.filter(({ ownerId }) => ownerId === account.id)
}

/** What it was still to be told goes with it. */
export function withoutWebhook(state: HubState, account: Account, id: number): HubState {
  const webhook = webhooksOf(state, account).find((candidate) => candidate.id === id)
  if (webhook === undefined) throw new HubRefusal('webhook_not_found')
  return withPortal(state, {
    webhooks: state.portal.webhooks.filter((candidate) => candidate !== webhook),
    deliveries: state.portal.deliveries.filter(({ webhookId }) => webhookId !== id),
  })
}
