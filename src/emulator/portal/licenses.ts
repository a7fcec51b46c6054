import type { License, LicenseSource } from '../hub/license.js'
import { newLicenseKey } from '../hub/license-key.js'
import { HubRefusal } from '../hub/refusal.js'
import type { Product } from '../hub/release.js'
import type { HubState } from '../hub/state.js'
import type { Account } from './accounts.js'
import { ownedClient } from './clients.js'
import { withDrawnCredits } from './packs.js'
import { licenseLimit, merchants } from './role.js'
import { withPortal } from './state.js'

/** What an account asks for. */
export interface LicenseOrder {
  readonly productId: number
  readonly tier: string
  /** Epoch milliseconds; `null` is a lifetime. @defaultValue in a year */
  readonly expiresAt: number | null | undefined
  readonly clientId: number | null
  readonly quantity: number
}

/** All licenses of an order or, where one rule forbids it, none. */
export function createLicenses(
  state: HubState,
  account: Account,
  order: LicenseOrder,
  now: number,
): { readonly state: HubState; readonly licenses: readonly License[] } {
  const product = productWithId(state, order.productId)
  if (order.clientId !== null) {
    if (!merchants.includes(account.type)) throw new HubRefusal('permission_denied')
    ownedClient(state, account, order.clientId)
  }
  const expiresAt = allowedExpiry(order, now)
  requireRoom(state, account, order.quantity)
  const { packs, sources } = sourcesOf(state, account, order.quantity)
  const { lastId } = state.portal
  const licenses = sources.map(
    (source, index): License => ({
      id: lastId + 1 + index,
      key: newLicenseKey(),
      product: product.slug,
      tier: order.tier,
      status: 'active',
      source,
      expiresAt,
      features: product.features[order.tier] ?? [],
      activationLimit: null,
      activations: [],
      ownerId: account.id,
      clientId: order.clientId,
      createdAt: now,
    }),
  )
  const next = withPortal(state, { packs, lastId: lastId + licenses.length })
  return { state: { ...next, licenses: [...state.licenses, ...licenses] }, licenses }
}

/** A license of another account is not there, so that its number gives nothing away. */
export function ownedLicense(state: HubState, account: Account, id: number): License {
  const license = state.licenses.find((candidate) => candidate.id === id && candidate.ownerId === account.id)
  if (license === undefined) throw new HubRefusal('license_not_found')
  return license
}

export function ownedLicenses(state: HubState, account: Account): readonly License[] {
  return state.licenses.filter(({ ownerId }) => ownerId === account.id)
}

/** NFR licenses are given away: they count against no limit. */
export function countedLicenses(state: HubState, account: Account): number {
  return ownedLicenses(state, account).filter(({ source }) => source !== 'nfr').length
}

function productWithId(state: HubState, id: number): Product {
  const product = state.products.find((candidate) => candidate.id === id)
  if (product === undefined) throw new HubRefusal('product_not_found')
  return product
}

/** A client's license lasts a year at most. */
function allowedExpiry({ expiresAt, clientId }: LicenseOrder, now: number): number | null {
  const inAYear = oneYearAfter(now)
  const expiry = expiresAt === undefined ? inAYear : expiresAt
  const tooLong = clientId !== null && (expiry === null || expiry > inAYear)
  if (tooLong || (expiry !== null && expiry <= now)) throw new HubRefusal('expires_at_out_of_range')
  return expiry
}

/** Whole seconds, as tokens count. */
function oneYearAfter(now: number): number {
  const end = new Date(Math.floor(now / 1000) * 1000)
  return end.setUTCFullYear(end.getUTCFullYear() + 1)
}

function requireRoom(state: HubState, account: Account, quantity: number): void {
  const limit = licenseLimit(account.type)
  if (limit >= 0 && countedLicenses(state, account) + quantity > limit) throw new HubRefusal('license_limit_reached')
}

/** A reseller sells what it has paid for; an agency has committed itself to pay for the rest. */
function sourcesOf(
  state: HubState,
  account: Account,
  quantity: number,
): { readonly packs: HubState['portal']['packs']; readonly sources: readonly LicenseSource[] } {
  const { packs } = state.portal
  if (!merchants.includes(account.type)) return { packs, sources: Array(quantity).fill('individual') }
  const { packs: drawn, missing } = withDrawnCredits(packs, account.id, quantity)
  if (missing > 0 && account.type === 'reseller') throw new HubRefusal('insufficient_credits')
  const covered: LicenseSource[] = Array(quantity - missing).fill('bulk_pack')
  return { packs: drawn, sources: [...covered, ...Array<LicenseSource>(missing).fill('commitment')] }
}
