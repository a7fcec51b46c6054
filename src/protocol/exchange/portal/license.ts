import type {
  LicenseFilter,
  LicenseOrder,
  LicenseUsage,
  PackCredits,
  PortalLicense,
} from '../../../domain/portal/license.js'
import {
  bulkSchema,
  packCreditsSchema,
  portalLicenseSchema,
  usageSchema,
  type WireBulkCreation,
  type WireLicenseCreation,
  type WirePortalLicense,
} from '../../wire/portal/license.js'
import { type ListAnswer, readList } from './list.js'
import { type PortalReader, readChange, readItem } from './reading.js'

export function buildLicenseQuery({ status, source, search }: LicenseFilter): Readonly<Record<string, string>> {
  return {
    ...(status !== undefined && { status }),
    ...(source !== undefined && { source }),
    ...(search !== undefined && { search }),
  }
}

/** What is left out is the hub's choice. */
export function buildLicenseCreation({ productId, tier, expiresAt, customerId }: LicenseOrder): WireLicenseCreation {
  return {
    product_id: productId,
    ...(tier !== undefined && { tier }),
    ...(expiresAt !== undefined && { expires_at: expiresAt === null ? null : toTimestamp(expiresAt) }),
    ...(customerId !== undefined && { customer_id: customerId }),
  }
}

export function buildBulkCreation(order: LicenseOrder, quantity: number): WireBulkCreation {
  return { ...buildLicenseCreation(order), quantity }
}

export const readLicense: PortalReader<PortalLicense> = readItem(portalLicenseSchema, toLicense)
export const readLicenseChange: PortalReader<PortalLicense | null> = readChange(portalLicenseSchema, toLicense)
export const readLicenseList: PortalReader<ListAnswer<PortalLicense>> = readList(portalLicenseSchema, toLicense)
export const readBulk: PortalReader<readonly PortalLicense[]> = readItem(bulkSchema, ({ items }) =>
  items.map(toLicense),
)

export const readUsage: PortalReader<LicenseUsage> = readItem(usageSchema, (usage) => ({
  totalLicenses: usage.total_licenses,
  limit: usage.limit,
  remaining: usage.remaining,
}))

export const readPackCredits: PortalReader<PackCredits> = readItem(packCreditsSchema, (credits) => ({
  totalCredits: credits.total_credits,
  packs: credits.packs.map((pack) => ({
    packId: pack.pack_id,
    packSize: pack.pack_size,
    bundle: pack.bundle,
    used: pack.used,
    remaining: pack.remaining,
    status: pack.status,
  })),
}))

function toLicense(wire: WirePortalLicense): PortalLicense {
  const { id, name, slug } = wire.product
  return {
    id: wire.id,
    licenseKey: wire.license_key,
    product: { id, name, slug },
    tier: wire.tier,
    status: wire.status,
    source: wire.source,
    expiresAt: wire.expires_at === null ? null : Date.parse(wire.expires_at),
    activations: wire.activations.map(({ domain, activated_at }) => ({
      domain,
      activatedAt: Date.parse(activated_at),
    })),
    customerId: wire.customer_id,
    createdAt: Date.parse(wire.created_at),
  }
}

/** Without a fraction: the hub's own times have none. */
function toTimestamp(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('.000Z', 'Z')
}
