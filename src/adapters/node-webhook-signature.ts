import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebhookSignature } from '../ports/webhook-signature.js'

export const nodeWebhookSignature: WebhookSignature = {
  verify(secret, body, hmac) {
    const expected = createHmac('sha256', secret).update(body).digest()
    const given = Buffer.from(hmac, 'hex')
    // In constant time: from how long a comparison takes, byte by byte, a forger would learn the right signature.
    return given.length === expected.length && timingSafeEqual(given, expected)
  },
}
