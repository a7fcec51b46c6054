import { createHmac } from 'node:crypto'
import {
  type WireWebhookEvent,
  webhookEventHeader,
  webhookSignatureHeader,
  webhookSignatureStart,
  webhookUserAgent,
} from '../../protocol/wire/portal/webhook-event.js'
import type { Delivery } from './deliveries.js'
import type { Webhook } from './webhooks.js'

const deadlineMs = 10_000

/**
 * One attempt; whether the receiver took it. The timestamp is the attempt's, so that a receiver which refuses old ones
 * (replay) still takes an event that had to be tried again.
 */
export async function sendDelivery({ event, data }: Delivery, { url, secret }: Webhook, now: number): Promise<boolean> {
  const message: WireWebhookEvent = { event, timestamp: webhookTimestamp(now), data }
  const body = JSON.stringify(message)
  const signature = createHmac('sha256', secret).update(body).digest('hex')
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'user-agent': webhookUserAgent,
        [webhookEventHeader]: event,
        [webhookSignatureHeader]: `${webhookSignatureStart}${signature}`,
      },
      body,
      // A redirect would send the license key to a host that the account never named.
      redirect: 'manual',
      signal: AbortSignal.timeout(deadlineMs),
    })
    await response.body?.cancel()
    return response.ok
  } catch {
    return false
  }
}

/** Webhooks write `+00:00` where the REST API writes `Z` (documented by FlavorTeam). */
function webhookTimestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replace(/Z$/, '+00:00')
}
