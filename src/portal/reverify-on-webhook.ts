import type { Verdict } from '../domain/license/verdict.js'
import type { WebhookEvent } from '../domain/portal/webhook.js'

/** A running license client, as far as it matters here. */
export interface Reverifiable {
  /** The last verdict. */
  status(): Verdict
  /** Asks the hub. */
  verify(options: { readonly fresh: true }): Promise<Verdict>
}

const lowering: readonly WebhookEvent['event'][] = ['license.revoked', 'license.deactivated']

/**
 * Lets a running license client ask the hub at once when an event says that its license was taken away, in place of at
 * its next check. The event is a hint and lowers nothing: the verdict is the hub's own answer.
 *
 * @param event - What `verifyWebhook` has verified.
 * @returns The new verdict, or `null` where the event is of another kind, or about another license or domain.
 */
export async function reverifyOnWebhook(client: Reverifiable, { event, data }: WebhookEvent): Promise<Verdict | null> {
  const { licenseKey, domain } = client.status()
  if (!lowering.includes(event)) return null
  if (licenseKey !== null && lastGroup(licenseKey) !== lastGroup(data.licenseKey)) return null
  if (data.domain !== null && data.domain !== domain) return null
  return client.verify({ fresh: true })
}

/** All that a masked key shows. */
function lastGroup(licenseKey: string): string {
  return licenseKey.slice(-4)
}
