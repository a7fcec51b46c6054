import { nodeWebhookSignature } from '../adapters/node-webhook-signature.js'
import { systemClock } from '../adapters/system-clock.js'
import { FlavorLicenseError } from '../domain/errors.js'
import type { WebhookEvent } from '../domain/portal/webhook.js'
import { readWebhookMessage, readWebhookSignature } from '../protocol/exchange/portal/webhook-event.js'
import { webhookEventHeader, webhookSignatureHeader } from '../protocol/wire/portal/webhook-event.js'
import { readDuration } from '../read-options.js'

/** Headers as Node, a framework or the Fetch API hands them over. */
export type WebhookHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>

interface WebhookTrust {
  /** The secret of the webhook, as it was shown when it was created. */
  readonly secret: string
  /**
   * How far the event's time and the present may lie apart, in milliseconds. Within this time the same delivery can be
   * replayed: keep the ids of what you have acted on, or act so that twice is as good as once.
   *
   * @defaultValue 5 minutes
   */
  readonly toleranceMs?: number
  /** The present, epoch milliseconds. @defaultValue the clock of this machine */
  readonly now?: number
}

/** A delivery as it arrived: the raw bytes, before anything has parsed them. */
export interface RawDelivery extends WebhookTrust {
  readonly body: Uint8Array | string
  readonly headers: WebhookHeaders
}

/** A delivery as a Request of the Fetch API, whose body nobody has read yet. */
export interface RequestDelivery extends WebhookTrust {
  readonly request: Request
}

/** Why a delivery is not believed. Stable: programs may rely on these strings. */
export type WebhookRejection =
  | 'signature-missing'
  | 'signature-malformed'
  | 'signature-wrong'
  | 'not-an-event'
  | 'event-mismatch'
  | 'too-old'
  | 'too-new'

/** Whether a delivery comes from the hub, and what it says. */
export type WebhookOutcome =
  | { readonly outcome: 'verified'; readonly event: WebhookEvent }
  /** Genuine, and of a kind that this version does not know. Answer 200, or the hub sends it again. */
  | { readonly outcome: 'unknown-event'; readonly name: string; readonly timestamp: number }
  | { readonly outcome: 'rejected'; readonly reason: WebhookRejection; readonly message: string }

/** The sentence for whoever reads the log of the receiver. */
export const webhookRejectionMessage: Readonly<Record<WebhookRejection, string>> = {
  'signature-missing': 'The delivery carries no signature, so it does not come from the hub.',
  'signature-malformed': 'The signature is not one: it must be sha256= and 64 digits, 0 to 9 and a to f.',
  'signature-wrong':
    'The signature does not fit. Compare the secret, and hand over the raw bytes of the body as they arrived.',
  'not-an-event': 'The delivery is signed, but it is no event that this version can read.',
  'event-mismatch': 'The header names another event than the signed body.',
  'too-old': 'The event is older than the tolerance: it may be a replay. Compare the clock of this machine.',
  'too-new': 'The event lies in the future by more than the tolerance. Set the clock of this machine.',
}

const defaultToleranceMs = 5 * 60_000

/**
 * Whether a delivery comes from the hub, and what it says.
 *
 * @throws FlavorLicenseError `invalid-option` when the secret is empty, the body has been parsed or read already, or a
 * time is none.
 */
export async function verifyWebhook(delivery: RawDelivery | RequestDelivery): Promise<WebhookOutcome> {
  const { secret } = delivery
  if (typeof secret !== 'string' || secret === '') {
    throw misuse('The secret of the webhook is missing. Anybody could sign with an empty one.')
  }
  const toleranceMs = readDuration('toleranceMs', delivery.toleranceMs, defaultToleranceMs)
  const now = readDuration('now', delivery.now, systemClock.now())
  const headers = 'request' in delivery ? delivery.request.headers : delivery.headers
  const body = 'request' in delivery ? await readBody(delivery.request) : toBytes(delivery.body)

  const header = headerOf(headers, webhookSignatureHeader)
  if (header === undefined) return rejected('signature-missing')
  const hmac = readWebhookSignature(header)
  if (hmac === undefined) return rejected('signature-malformed')
  // Before anything is parsed: what is not signed by the hub is not even looked at.
  if (!nodeWebhookSignature.verify(secret, body, hmac)) return rejected('signature-wrong')

  const message = readWebhookMessage(body)
  if (!message) return rejected('not-an-event')
  // The header is not signed. Whoever could change it would have one event taken for another.
  const named = headerOf(headers, webhookEventHeader)
  if (named !== undefined && named !== message.name) return rejected('event-mismatch')
  // A genuine delivery that was recorded can be sent again at any time (replay).
  if (now - message.timestamp > toleranceMs) return rejected('too-old')
  if (message.timestamp - now > toleranceMs) return rejected('too-new')
  return message.event
    ? { outcome: 'verified', event: message.event }
    : { outcome: 'unknown-event', name: message.name, timestamp: message.timestamp }
}

function rejected(reason: WebhookRejection): WebhookOutcome {
  return { outcome: 'rejected', reason, message: webhookRejectionMessage[reason] }
}

function headerOf(headers: WebhookHeaders, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined
  const entry = Object.entries(headers).find(([key]) => key.toLowerCase() === name)
  return entry?.[1] === undefined ? undefined : String(entry[1])
}

async function readBody(request: Request): Promise<Uint8Array> {
  if (request.bodyUsed) throw misuse('The body of the request has been read already. Verify a clone made before that.')
  return new Uint8Array(await request.arrayBuffer())
}

/** What a JSON parser made of a body can be written in many ways, and only one of them is signed. */
function toBytes(body: unknown): Uint8Array {
  if (typeof body === 'string') return new TextEncoder().encode(body)
  if (body instanceof Uint8Array) return body
  throw misuse('The body must be the raw bytes or text of the delivery, not what a JSON parser made of it.')
}

function misuse(message: string): FlavorLicenseError {
  return new FlavorLicenseError('invalid-option', message)
}
