import * as v from 'valibot'
import { countSchema, type Schema, textSchema, timestampSchema } from '../primitives.js'

/** Headers of a delivery, as Node spells header names (documented by FlavorTeam). */
export const webhookEventHeader = 'x-hub-event'
export const webhookSignatureHeader = 'x-hub-signature-256'
/** `sha256=` and the HMAC-SHA256 of the raw body under the webhook's secret, in hex (the construction is assumed). */
export const webhookSignatureStart = 'sha256='
export const webhookUserAgent = 'FlavorHub-Webhook/1.0'

/** The body of a delivery (documented by FlavorTeam). There may be more fields, also in `data`. */
export interface WireWebhookEvent {
  /** Not a list of choices: an event that this version does not know is read all the same. */
  readonly event: string
  readonly timestamp: string
  readonly data: WireWebhookLicense
}

export interface WireWebhookLicense {
  readonly license_id: number
  readonly license_key: string
  readonly tier: string
  readonly product_slug: string
  /** The domain that was activated or deactivated (assumed). */
  readonly domain?: string
}

export const webhookEventSchema: Schema<WireWebhookEvent> = v.object({
  event: textSchema,
  timestamp: timestampSchema,
  data: v.object({
    license_id: countSchema,
    license_key: textSchema,
    tier: textSchema,
    product_slug: textSchema,
    domain: v.exactOptional(textSchema),
  }),
})
