import * as v from 'valibot'
import { isLicenseKey } from '../domain/license-key.js'
import type { LicenseRecord } from '../domain/record.js'
import { type SetbackReason, setbackMessage } from '../domain/setback.js'
import { licenseStatusSchema } from './wire/license.js'
import { countSchema, type Schema, textSchema } from './wire/primitives.js'

const timeSchema = v.pipe(v.number(), v.finite(), v.minValue(-8.64e15), v.maxValue(8.64e15))
const licenseKeySchema = v.pipe(v.string(), v.guard(isLicenseKey))
/** A reason that only a newer version knows must not make the record unreadable. */
const reasonSchema = v.fallback(
  v.pipe(
    v.string(),
    v.guard((reason): reason is SetbackReason => Object.hasOwn(setbackMessage, reason)),
  ),
  'network-failed',
)

const backOffSchema = v.looseObject({
  reason: reasonSchema,
  failures: countSchema,
  attemptedAt: timeSchema,
  until: timeSchema,
})

/**
 * The record as it lies on disk. The objects are loose: what a newer version of this package adds is carried along
 * and written back, never lost.
 */
export const recordSchema: Schema<LicenseRecord> = v.looseObject({
  epoch: countSchema,
  serial: countSchema,
  licenseKey: v.nullable(licenseKeySchema),
  entitlement: v.nullable(
    v.looseObject({
      basis: v.picklist(['hub', 'offline']),
      status: licenseStatusSchema,
      tier: textSchema,
      features: v.array(textSchema),
      expiresAt: v.nullable(timeSchema),
      issuedAt: timeSchema,
      leaseEndsAt: v.nullable(timeSchema),
    }),
  ),
  token: v.nullable(v.string()),
  activations: v.nullable(v.looseObject({ used: countSchema, limit: v.nullable(countSchema) })),
  deactivatedAt: v.nullable(timeSchema),
  pending: v.nullable(v.looseObject({ licenseKey: licenseKeySchema, nonce: textSchema, startedAt: timeSchema })),
  superseded: v.array(licenseKeySchema),
  lastWordAt: v.nullable(timeSchema),
  updatesCheckedAt: v.optional(v.nullable(timeSchema), null),
  updatesBackOff: v.optional(v.nullable(backOffSchema), null),
  clock: v.looseObject({ offset: timeSchema, floor: timeSchema }),
  backOff: v.nullable(backOffSchema),
})
