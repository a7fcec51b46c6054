import * as v from 'valibot'
import { type LicenseStatus, licenseStatuses } from './license-status.js'
import { countSchema, limitSchema, type Schema, textSchema, timestampSchema } from './primitives.js'

const licenseStatusSchema: Schema<LicenseStatus> = v.picklist(licenseStatuses)

/** Body of `/license/activate`, `/license/verify` and `/license/deactivate` (assumed). */
export interface WireLicenseRequest {
  readonly license_key: string
  readonly product_slug: string
  readonly domain: string
  readonly installation_id?: string
  readonly product_version?: string
  readonly nonce?: string
}

export const licenseRequestSchema: Schema<WireLicenseRequest> = v.object({
  license_key: textSchema,
  product_slug: textSchema,
  domain: textSchema,
  installation_id: v.exactOptional(textSchema),
  product_version: v.exactOptional(textSchema),
  nonce: v.exactOptional(textSchema),
})

/** How many domains a license is activated on, and how many it may be. A limit of `-1` is unlimited. */
export interface WireActivations {
  readonly used: number
  readonly limit: number
}

export const activationsSchema: Schema<WireActivations> = v.object({ used: countSchema, limit: limitSchema })

/** Answer of activate and verify (assumed; in the style of the documented portal). */
export interface WireLicense {
  readonly license_key: string
  readonly product_slug: string
  readonly domain: string
  /** Not a list of choices: tiers that this version does not know pass through. */
  readonly tier: string
  readonly status: LicenseStatus
  /** `null` is a lifetime license. */
  readonly expires_at: string | null
  readonly activated_at: string | null
  readonly features: readonly string[]
  readonly activations: WireActivations
  readonly server_time: string
  /** A JWS of type `flavor-license+jwt`, or `null` from a hub that signs nothing. */
  readonly token: string | null
}

export const licenseSchema: Schema<WireLicense> = v.object({
  license_key: textSchema,
  product_slug: textSchema,
  domain: textSchema,
  tier: textSchema,
  status: licenseStatusSchema,
  expires_at: v.nullable(timestampSchema),
  activated_at: v.nullable(timestampSchema),
  features: v.array(textSchema),
  activations: activationsSchema,
  server_time: timestampSchema,
  token: v.nullable(v.string()),
})

/** Answer of `/license/deactivate` (assumed). */
export interface WireDeactivation {
  readonly deactivated: boolean
  readonly activations: WireActivations
}

export const deactivationSchema: Schema<WireDeactivation> = v.object({
  deactivated: v.boolean(),
  activations: activationsSchema,
})
