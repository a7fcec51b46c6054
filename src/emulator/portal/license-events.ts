import type { WebhookEventName } from '../../protocol/wire/portal/webhook.js'
import { activationOn, isExpired, type License } from '../hub/license.js'

/** Something that happened to a license. */
export interface LicenseEvent {
  readonly name: WebhookEventName
  readonly license: License
  /** Of an activation or a deactivation. */
  readonly domain?: string
}

/** The licenses, and the time that they are looked at. */
export interface LicensesAt {
  readonly licenses: readonly License[]
  /** Epoch milliseconds. */
  readonly at: number
}

/**
 * What happened between two looks at the licenses. Comparing says it for everything that changes a license: a product,
 * the portal, the vendor's staff, and time alone.
 */
export function licenseEvents(before: LicensesAt, after: LicensesAt): readonly LicenseEvent[] {
  const known = new Map(before.licenses.map((license) => [license.id, license]))
  const left = new Set(after.licenses.map(({ id }) => id))
  return [
    ...after.licenses.flatMap((license) => changes(known.get(license.id), license, before.at, after.at)),
    // Nobody may go on using a license that was deleted.
    ...before.licenses
      .filter(({ id, status }) => !left.has(id) && status === 'active')
      .map((license): LicenseEvent => ({ name: 'license.revoked', license })),
  ]
}

function changes(
  before: License | undefined,
  license: License,
  beforeAt: number,
  now: number,
): readonly LicenseEvent[] {
  if (before === license && license.expiresAt === null) return []
  const events: LicenseEvent[] = []
  if (before === undefined) events.push({ name: 'license.created', license })
  for (const { domain } of license.activations) {
    if (before === undefined || activationOn(before, domain) === undefined) {
      events.push({ name: 'license.activated', license, domain })
    }
  }
  for (const { domain } of before?.activations ?? []) {
    if (activationOn(license, domain) === undefined) events.push({ name: 'license.deactivated', license, domain })
  }
  const was = before === undefined ? 'active' : stateOf(before, beforeAt)
  const is = stateOf(license, now)
  if (is !== was && is === 'revoked') events.push({ name: 'license.revoked', license })
  if (is !== was && is === 'expired') events.push({ name: 'license.expired', license })
  return events
}

function stateOf(license: License, at: number): 'active' | 'revoked' | 'expired' {
  if (license.status === 'revoked') return 'revoked'
  return isExpired(license, at) ? 'expired' : 'active'
}
