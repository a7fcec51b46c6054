import type { WirePortalLicense } from '../../protocol/wire/portal/license.js'
import { isExpired, type License } from '../hub/license.js'
import { type HubState, productOf } from '../hub/state.js'
import { timestamp } from '../timestamp.js'

/** A license as the portal shows it. */
export function wirePortalLicense(state: HubState, license: License, now: number): WirePortalLicense {
  const { id, name, slug } = productOf(state, license.product)
  return {
    id: license.id,
    license_key: license.key,
    product: { id, name, slug },
    tier: license.tier,
    status: license.status === 'active' && isExpired(license, now) ? 'expired' : license.status,
    source: license.source,
    expires_at: license.expiresAt === null ? null : timestamp(license.expiresAt),
    activations: license.activations.map(({ domain, activatedAt }) => ({
      domain,
      activated_at: timestamp(activatedAt),
    })),
    customer_id: license.clientId,
    created_at: timestamp(license.createdAt),
  }
}
