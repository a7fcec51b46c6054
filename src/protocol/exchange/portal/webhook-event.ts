import * as v from 'valibot'
import type { WebhookEvent, WebhookEventName } from '../../../domain/portal/webhook.js'
import { parseJson } from '../../json.js'
import { webhookEventNames } from '../../wire/portal/webhook.js'
import { webhookEventSchema, webhookSignatureStart } from '../../wire/portal/webhook-event.js'

/** A delivery's body. `event` is `null` for one that this version does not know. */
export interface WebhookMessage {
  readonly name: string
  readonly timestamp: number
  readonly event: WebhookEvent | null
}

/** Reads a delivery's body, whose signature has been verified before. `undefined` for what is no event. */
export function readWebhookMessage(body: Uint8Array): WebhookMessage | undefined {
  const parsed = v.safeParse(webhookEventSchema, parseJson(body))
  if (!parsed.success) return undefined
  const { event: name, data } = parsed.output
  const timestamp = Date.parse(parsed.output.timestamp)
  if (!isEventName(name)) return { name, timestamp, event: null }
  return {
    name,
    timestamp,
    event: {
      event: name,
      timestamp,
      data: {
        licenseId: data.license_id,
        licenseKey: data.license_key,
        tier: data.tier,
        productSlug: data.product_slug,
        domain: data.domain ?? null,
      },
    },
  }
}

/** The HMAC in a signature header, 64 hex digits; `undefined` for anything else. */
export function readWebhookSignature(header: string): string | undefined {
  const hmac = header.startsWith(webhookSignatureStart) ? header.slice(webhookSignatureStart.length) : ''
  return /^[0-9a-f]{64}$/.test(hmac) ? hmac : undefined
}

function isEventName(name: string): name is WebhookEventName {
  return webhookEventNames.some((known) => known === name)
}
