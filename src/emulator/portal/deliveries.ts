import type { WebhookEventName } from '../../protocol/wire/portal/webhook.js'
import type { WireWebhookLicense } from '../../protocol/wire/portal/webhook-event.js'
import type { HubState } from '../hub/state.js'
import { type LicenseEvent, licenseEvents } from './license-events.js'
import { withPortal } from './state.js'

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

/** How long to wait after the first failed attempt, the second and so on; after the last one the event is given up. */
const pausesMs: readonly number[] = [60_000, 300_000, 1_800_000, 7_200_000, 43_200_000]

/**
 * The next state with what webhooks are to be told of the change. Both are kept by one write: no crash can keep a change
 * and lose its event (a transactional outbox).
 */
export function withNewDeliveries(before: HubState, next: HubState, now: number): HubState {
  const events = licenseEvents(
    { licenses: before.licenses, at: before.portal.eventsUntil },
    { licenses: next.licenses, at: now },
  )
  const wanted = events.flatMap((event) =>
    next.portal.webhooks
      .filter(({ ownerId, events: names }) => ownerId === event.license.ownerId && names.includes(event.name))
      .map((webhook) => ({ webhookId: webhook.id, event })),
  )
  const { lastId, deliveries } = next.portal
  const added = wanted.map(
    ({ webhookId, event }, index): Delivery => ({
      id: lastId + 1 + index,
      webhookId,
      event: event.name,
      data: wireLicense(event),
      failures: 0,
      dueAt: now,
    }),
  )
  return withPortal(next, {
    lastId: lastId + added.length,
    deliveries: added.length === 0 ? deliveries : [...deliveries, ...added],
    eventsUntil: now,
  })
}

/** Whether time alone has changed a license that a webhook wants to hear of. */
export function hasExpiriesToTell({ licenses, portal }: HubState, now: number): boolean {
  if (portal.webhooks.length === 0) return false
  return licenseEvents({ licenses, at: portal.eventsUntil }, { licenses, at: now }).length > 0
}

/** When there is something to do next; `undefined` where nothing is left. */
export function nextDueAt({ licenses, portal }: HubState): number | undefined {
  const expiries =
    portal.webhooks.length === 0
      ? []
      : licenses.flatMap(({ status, expiresAt }) =>
          status === 'active' && expiresAt !== null && expiresAt > portal.eventsUntil ? [expiresAt] : [],
        )
  const times = [...portal.deliveries.map(({ dueAt }) => dueAt), ...expiries]
  return times.length === 0 ? undefined : times.reduce((one, other) => Math.min(one, other))
}

export function withoutDelivery(state: HubState, { id }: Delivery): HubState {
  return withPortal(state, { deliveries: state.portal.deliveries.filter((candidate) => candidate.id !== id) })
}

/** Put off, or given up after the last attempt. */
export function withFailedDelivery(state: HubState, delivery: Delivery, now: number): HubState {
  const pause = pausesMs[delivery.failures]
  if (pause === undefined) return withoutDelivery(state, delivery)
  const failed = { ...delivery, failures: delivery.failures + 1, dueAt: now + pause }
  return withPortal(state, {
    deliveries: state.portal.deliveries.map((candidate) => (candidate.id === delivery.id ? failed : candidate)),
  })
}

function wireLicense({ license, domain }: LicenseEvent): WireWebhookLicense {
  return {
    license_id: license.id,
    license_key: license.key,
    tier: license.tier,
    product_slug: license.product,
    ...(domain === undefined ? {} : { domain }),
  }
}
