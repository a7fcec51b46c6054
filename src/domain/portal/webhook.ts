/** What a webhook may be told of. */
export type WebhookEventName =
  | 'license.created'
  | 'license.activated'
  | 'license.deactivated'
  | 'license.revoked'
  | 'license.expired'

/** An address that the hub tells of events. */
export interface Webhook {
  readonly id: number
  readonly url: string
  /** Events that this version does not know pass through. */
  readonly events: readonly string[]
  readonly isActive: boolean
  readonly description: string | null
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** A webhook that has just been made. */
export interface CreatedWebhook extends Webhook {
  /** What deliveries are signed with, shown this once. */
  readonly secret: string
}

/** A webhook to be made. */
export interface WebhookOrder {
  readonly url: string
  readonly events: readonly WebhookEventName[]
  readonly description?: string | null | undefined
}

/** Something that happened to a license, as the hub tells a webhook. */
export interface WebhookEvent {
  readonly event: WebhookEventName
  /** Epoch milliseconds. */
  readonly timestamp: number
  readonly data: WebhookLicense
}

/** The license that an event is about. */
export interface WebhookLicense {
  readonly licenseId: number
  readonly licenseKey: string
  readonly tier: string
  readonly productSlug: string
  /** The domain that was activated or deactivated, where the hub names it. */
  readonly domain: string | null
}
