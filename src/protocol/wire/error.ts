import * as v from 'valibot'
import { countSchema, type Schema } from './primitives.js'

/** The hub's error codes (assumed) with the status that each comes with (documented by FlavorTeam). */
export const errorStatus = {
  invalid_key_format: 400,
  license_not_found: 404,
  product_not_found: 404,
  release_not_found: 404,
  component_not_found: 404,
  license_revoked: 403,
  license_expired: 403,
  activation_limit_reached: 403,
  domain_not_activated: 403,
  tier_not_entitled: 403,
  product_mismatch: 403,
  validation_error: 422,
  rate_limited: 429,
} as const

export type ErrorCode = keyof typeof errorStatus

/** One entry of FastAPI's validation error. Its `input` echoes what was submitted and is therefore never read. */
export interface WireValidationIssue {
  readonly loc: readonly (string | number)[]
  readonly msg: string
  readonly type: string
}

/** `detail` is a sentence, a list of validation issues (both documented) or an object (assumed). */
export interface WireError {
  readonly detail: string | readonly WireValidationIssue[] | { readonly [name: string]: unknown }
  readonly code?: string | null
  /** Beside `activation_limit_reached` (assumed, as a license states them): how many domains it is active on, of how many. */
  readonly activations?: WireReachedLimit | null
}

/** Unlike a license's, this limit was reached: it is no `-1`. */
interface WireReachedLimit {
  readonly used: number
  readonly limit: number
}

export const errorSchema: Schema<WireError> = v.object({
  detail: v.union([
    v.string(),
    v.array(v.object({ loc: v.array(v.union([v.string(), v.number()])), msg: v.string(), type: v.string() })),
    v.record(v.string(), v.unknown()),
  ]),
  code: v.exactOptional(v.nullable(v.string())),
  // Numbers for the reader. A hub that means something else by the name has refused all the same.
  activations: v.exactOptional(v.fallback(v.nullable(v.object({ used: countSchema, limit: countSchema })), null)),
})
