import * as v from 'valibot'
import { countSchema, type Schema, textSchema, timestampSchema } from '../primitives.js'

/** What a webhook may be told of (documented by FlavorTeam). */
export type WebhookEventName =
  | 'license.created'
  | 'license.activated'
  | 'license.deactivated'
  | 'license.revoked'
  | 'license.expired'

export const webhookEventNames: readonly WebhookEventName[] = [
  'license.created',
  'license.activated',
  'license.deactivated',
  'license.revoked',
  'license.expired',
]

/** Body of `POST /portal/webhooks` (documented by FlavorTeam). */
export interface WireWebhookCreation {
  readonly url: string
  readonly events: readonly string[]
  readonly description?: string | null
}

export const webhookCreationSchema: Schema<WireWebhookCreation> = v.object({
  url: textSchema,
  events: v.array(textSchema),
  description: v.exactOptional(v.nullable(textSchema)),
})

/** A webhook as `GET /portal/webhooks` lists it (assumed): its secret is not shown again. */
export interface WireWebhook {
  readonly id: number
  readonly url: string
  /** Not a list of choices: events that this version does not know pass through. */
  readonly events: readonly string[]
  readonly is_active: boolean
  readonly description: string | null
  readonly created_at: string
}

const webhookEntries = {
  id: countSchema,
  url: textSchema,
  events: v.array(textSchema),
  is_active: v.boolean(),
  description: v.nullable(textSchema),
  created_at: timestampSchema,
}

export const webhookSchema: Schema<WireWebhook> = v.object(webhookEntries)

/** Answer of `POST /portal/webhooks` (documented by FlavorTeam). The secret is 64 hex digits. */
export interface WireCreatedWebhook extends WireWebhook {
  readonly secret: string
}

export const createdWebhookSchema: Schema<WireCreatedWebhook> = v.object({ ...webhookEntries, secret: textSchema })
