import type { WebhookEventName } from '../../protocol/wire/portal/webhook.js'
import type { WireWebhookLicense } from '../../protocol/wire/portal/webhook-event.js'

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

/** What a webhook is still to be told. */
export interface Delivery {
  readonly id: number
  readonly webhookId: number
  readonly event: WebhookEventName
  readonly data: WireWebhookLicense
  /** Attempts that failed. */
  readonly failures: number
  /** Epoch milliseconds. */
  readonly dueAt: number
}
