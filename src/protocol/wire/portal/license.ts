import * as v from 'valibot'
import { countSchema, limitSchema, type Schema, textSchema, timestampSchema } from '../primitives.js'

/** States of a license in the portal (documented by FlavorTeam). */
export type PortalLicenseStatus = 'active' | 'revoked' | 'expired'

export const portalLicenseStatuses: readonly PortalLicenseStatus[] = ['active', 'revoked', 'expired']

/** Where a license comes from (documented by FlavorTeam). */
export type PortalLicenseSource = 'individual' | 'bulk_pack' | 'commitment' | 'nfr'

export const portalLicenseSources: readonly PortalLicenseSource[] = ['individual', 'bulk_pack', 'commitment', 'nfr']

/** How many licenses one request may create (documented by FlavorTeam). */
export const mostPerBulk = 100

export interface WirePortalActivation {
  readonly domain: string
  readonly activated_at: string
}

/** A license as `/portal/licenses` lists it (documented by FlavorTeam). */
export interface WirePortalLicense {
  readonly id: number
  readonly license_key: string
  readonly product: { readonly id: number; readonly name: string; readonly slug: string }
  /** Not a list of choices: tiers that this version does not know pass through. */
  readonly tier: string
  readonly status: PortalLicenseStatus
  readonly source: PortalLicenseSource
  /** `null` is a lifetime license. */
  readonly expires_at: string | null
  readonly activations: readonly WirePortalActivation[]
  /** The client that it was made for; `null` where it is the account's own. */
  readonly customer_id: number | null
  readonly created_at: string
}

export const portalLicenseSchema: Schema<WirePortalLicense> = v.object({
  id: countSchema,
  license_key: textSchema,
  product: v.object({ id: countSchema, name: textSchema, slug: textSchema }),
  tier: textSchema,
  status: v.picklist(portalLicenseStatuses),
  source: v.picklist(portalLicenseSources),
  expires_at: v.nullable(timestampSchema),
  activations: v.array(v.object({ domain: textSchema, activated_at: timestampSchema })),
  customer_id: v.nullable(countSchema),
  created_at: timestampSchema,
})

/** Body of `POST /portal/licenses` (documented by FlavorTeam). */
export interface WireLicenseCreation {
  readonly product_id: number
  /** Without one: `starter`. */
  readonly tier?: string
  /** Without one: in a year. */
  readonly expires_at?: string | null
  readonly customer_id?: number
}

const creationEntries = {
  product_id: countSchema,
  tier: v.exactOptional(textSchema),
  expires_at: v.exactOptional(v.nullable(timestampSchema)),
  customer_id: v.exactOptional(countSchema),
}

export const licenseCreationSchema: Schema<WireLicenseCreation> = v.object(creationEntries)

/** Body of `POST /portal/licenses/bulk` (assumed). */
export interface WireBulkCreation extends WireLicenseCreation {
  /** From 1 to 100. */
  readonly quantity: number
}

export const bulkCreationSchema: Schema<WireBulkCreation> = v.object({ ...creationEntries, quantity: countSchema })

/** Answer of `POST /portal/licenses/bulk` (assumed). */
export interface WireBulk {
  readonly items: readonly WirePortalLicense[]
}

export const bulkSchema: Schema<WireBulk> = v.object({ items: v.array(portalLicenseSchema) })

/** Answer of `/portal/licenses/usage` (documented by FlavorTeam). `-1` is unlimited; NFR licenses are not counted. */
export interface WireUsage {
  readonly total_licenses: number
  readonly limit: number
  readonly remaining: number
}

export const usageSchema: Schema<WireUsage> = v.object({
  total_licenses: countSchema,
  limit: limitSchema,
  remaining: limitSchema,
})

/** A pack of licenses paid in advance. The types of `bundle` and `status` are assumed. */
export interface WirePack {
  readonly pack_id: number
  readonly pack_size: number
  readonly bundle: string | null
  readonly used: number
  readonly remaining: number
  readonly status: string
}

/** Answer of `/portal/licenses/pack-credits` (documented by FlavorTeam). */
export interface WirePackCredits {
  readonly total_credits: number
  readonly packs: readonly WirePack[]
}

export const packCreditsSchema: Schema<WirePackCredits> = v.object({
  total_credits: countSchema,
  packs: v.array(
    v.object({
      pack_id: countSchema,
      pack_size: countSchema,
      bundle: v.nullable(textSchema),
      used: countSchema,
      remaining: countSchema,
      status: textSchema,
    }),
  ),
})
