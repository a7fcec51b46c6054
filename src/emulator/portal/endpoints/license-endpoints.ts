import {
  bulkCreationSchema,
  bulkSchema,
  licenseCreationSchema,
  packCreditsSchema,
  portalLicenseSchema,
  usageSchema,
  type WireBulk,
  type WireLicenseCreation,
  type WirePackCredits,
  type WirePortalLicense,
  type WireUsage,
} from '../../../protocol/wire/portal/license.js'
import type { WireList } from '../../../protocol/wire/portal/page.js'
import { deactivate, type License } from '../../hub/license.js'
import { HubRefusal } from '../../hub/refusal.js'
import { withLicense, withoutLicense } from '../../hub/state.js'
import { type AccountCall, accountEndpoint, nothing, type PortalEndpoint } from '../endpoint.js'
import { quantityRule, tierRule } from '../field-rules.js'
import { foundLicenses, licenseFields } from '../license-search.js'
import { countedLicenses, createLicenses, ownedLicense, ownedLicenses } from '../licenses.js'
import { listed } from '../listing.js'
import { licensesSchema } from '../named-schemas.js'
import { packsOf, remainingIn } from '../packs.js'
import { everybody, licenseLimit, licenseMakers } from '../role.js'
import { wirePortalLicense } from '../wire-license.js'

export const licenseListEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'List licenses',
  request: nothing,
  query: licenseFields,
  status: 200,
  response: licensesSchema,
  roles: everybody,
  refusals: [],
  serve: ({ query }, { store, now, account, lists }): WireList<WirePortalLicense> => {
    const state = store.read()
    const licenses = ownedLicenses(state, account).map((license) => wirePortalLicense(state, license, now))
    return listed(foundLicenses(licenses, query), query, lists)
  },
})

const creationRefusals = [
  'product_not_found',
  'client_not_found',
  'expires_at_out_of_range',
  'license_limit_reached',
  'insufficient_credits',
] as const

export const licenseCreateEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Create a license',
  request: licenseCreationSchema,
  rules: [tierRule],
  status: 201,
  response: portalLicenseSchema,
  roles: licenseMakers,
  refusals: creationRefusals,
  serve: ({ body }, call): WirePortalLicense | undefined => created(body, 1, call)[0],
})

export const licenseCreateBulkEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Create up to 100 licenses: all of them, or none',
  request: bulkCreationSchema,
  rules: [tierRule, quantityRule],
  status: 201,
  response: bulkSchema,
  roles: licenseMakers,
  refusals: creationRefusals,
  serve: ({ body }, call): WireBulk => ({ items: created(body, body.quantity, call) }),
})

export const licenseReactivateEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Take a revocation back',
  request: nothing,
  status: 200,
  response: portalLicenseSchema,
  roles: licenseMakers,
  refusals: ['license_not_found'],
  serve: ({ id }, call): WirePortalLicense => withStatus(id, 'active', call),
})

export const licenseRevokeEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Revoke a license',
  request: nothing,
  status: 200,
  response: portalLicenseSchema,
  roles: licenseMakers,
  refusals: ['license_not_found'],
  serve: ({ id }, call): WirePortalLicense => withStatus(id, 'revoked', call),
})

export const licenseDeleteEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Delete a license',
  request: nothing,
  status: 204,
  response: null,
  roles: licenseMakers,
  refusals: ['license_not_found'],
  serve: ({ id }, { store, account }): void => {
    const state = store.read()
    store.write(withoutLicense(state, ownedLicense(state, account, id)))
  },
})

export const licenseDeactivateDomainEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Free the slot that a domain takes',
  request: nothing,
  status: 204,
  response: null,
  roles: everybody,
  refusals: ['license_not_found', 'activation_not_found'],
  serve: ({ id, domain }, { store, account }): void => {
    const state = store.read()
    const license = ownedLicense(state, account, id)
    const remaining = deactivate(license, domain)
    if (remaining === license) throw new HubRefusal('activation_not_found')
    store.write(withLicense(state, remaining))
  },
})

export const licenseUsageEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'Count licenses against the limit of the account; NFR licenses do not count',
  request: nothing,
  status: 200,
  response: usageSchema,
  roles: everybody,
  refusals: [],
  serve: (_, { store, account }): WireUsage => {
    const total = countedLicenses(store.read(), account)
    const limit = licenseLimit(account.type)
    return { total_licenses: total, limit, remaining: limit < 0 ? limit : Math.max(0, limit - total) }
  },
})

export const packCreditsEndpoint: PortalEndpoint = accountEndpoint({
  summary: 'List what is left of packs that were paid in advance, the oldest first',
  request: nothing,
  status: 200,
  response: packCreditsSchema,
  roles: everybody,
  refusals: [],
  serve: (_, { store, account }): WirePackCredits => {
    const packs = packsOf(store.read().portal.packs, account.id).map((pack) => {
      const remaining = remainingIn(pack)
      const { id: pack_id, size: pack_size, bundle, used } = pack
      return { pack_id, pack_size, bundle, used, remaining, status: remaining > 0 ? 'active' : 'exhausted' }
    })
    return { total_credits: packs.reduce((sum, { remaining }) => sum + remaining, 0), packs }
  },
})

function created(
  { product_id, tier = 'starter', expires_at, customer_id }: WireLicenseCreation,
  quantity: number,
  { store, account, now }: AccountCall,
): readonly WirePortalLicense[] {
  const expiresAt = typeof expires_at === 'string' ? Date.parse(expires_at) : expires_at
  const order = { productId: product_id, tier, expiresAt, clientId: customer_id ?? null, quantity }
  const { state, licenses } = createLicenses(store.read(), account, order, now)
  store.write(state)
  return licenses.map((license) => wirePortalLicense(state, license, now))
}

/** One that has the status already keeps it: asking twice is no mistake. */
function withStatus(id: number, status: License['status'], { store, account, now }: AccountCall): WirePortalLicense {
  const state = store.read()
  const license = ownedLicense(state, account, id)
  const changed = { ...license, status }
  if (license.status !== status) store.write(withLicense(state, changed))
  return wirePortalLicense(state, changed, now)
}
