import * as v from 'valibot'
import { Count, Limit, Text, Timestamp } from './primitives.js'

/** `active`, `revoked`, `expired` are documented by FlavorTeam; `inactive` (this domain is not activated) is assumed. */
export const LicenseStatus = v.picklist(['active', 'revoked', 'expired', 'inactive'])

/** Body of `/license/activate` and `/license/verify` (assumed). */
export const LicenseRequest = v.object({
  license_key: Text,
  product_slug: Text,
  domain: Text,
  installation_id: v.optional(Text),
  product_version: v.optional(Text),
  nonce: v.optional(Text),
})

/** Body of `/license/deactivate` (assumed: the same as activate). */
export const DeactivateRequest = LicenseRequest

export const Activations = v.object({ used: Count, limit: Limit })

/** Answer of activate and verify. Field names in the style of the documented portal; the shape is our assumption. */
export const License = v.object({
  license_key: Text,
  product_slug: Text,
  domain: Text,
  /** Not a list of choices: tiers that this version does not know must pass through. */
  tier: Text,
  status: LicenseStatus,
  /** `null` is a lifetime license. */
  expires_at: v.nullable(Timestamp),
  activated_at: v.nullable(Timestamp),
  features: v.array(Text),
  activations: Activations,
  server_time: Timestamp,
  /** A JWS of type `flavor-license+jwt`, or `null` from a hub that signs nothing. */
  token: v.nullable(v.string()),
})

export const Deactivation = v.object({
  deactivated: v.boolean(),
  activations: Activations,
})

export type LicenseRequestWire = v.InferOutput<typeof LicenseRequest>
export type LicenseWire = v.InferOutput<typeof License>
export type DeactivationWire = v.InferOutput<typeof Deactivation>
