import * as v from 'valibot'
import { countSchema, limitSchema, type Schema, textSchema } from '../../protocol/wire/primitives.js'
import { hostSchema, licenseKeySchema, momentSchema, sourceSchema, statusSchema } from '../field-schemas.js'
import type { Activation, License } from '../hub/license.js'
import { type HubState, withLicense } from '../hub/state.js'
import { problemOf } from '../schema-problem.js'
import { EmulatorChangeError } from './change-error.js'

/** A license that the vendor's staff adds. */
export interface NewLicense {
  readonly key: string
  /** The product's slug. One that the hub does not have makes a license of another product. */
  readonly product: string
  /** `free`, `starter`, `business`, `agency`, or one that no client knows. */
  readonly tier: string
  /** @defaultValue 'active' */
  readonly status?: License['status'] | undefined
  /** @defaultValue 'individual' */
  readonly source?: License['source'] | undefined
  /** Epoch milliseconds. @defaultValue null, a lifetime license */
  readonly expiresAt?: number | null | undefined
  /** @defaultValue [] */
  readonly features?: readonly string[] | undefined
  /** Domains that it may be activated on, -1 for unlimited. @defaultValue null, what its tier grants */
  readonly activationLimit?: number | null | undefined
  /** @defaultValue [] */
  readonly activations?: readonly Activation[] | undefined
  /** The portal account that it belongs to. @defaultValue null, nobody's */
  readonly ownerId?: number | null | undefined
  /** The owner's client that it was made for. @defaultValue null */
  readonly clientId?: number | null | undefined
  /** Epoch milliseconds. @defaultValue now */
  readonly createdAt?: number | undefined
}

/** What a test may change of a license. */
export type LicensePatch = Partial<Omit<License, 'id' | 'key'>>

type NumberedByHub = Omit<License, 'id'>

const activationSchema = v.strictObject({
  domain: hostSchema,
  installationId: v.nullable(textSchema),
  activatedAt: momentSchema,
})

function licenseSchema(now: number): Schema<NumberedByHub> {
  return v.strictObject({
    key: licenseKeySchema,
    product: textSchema,
    tier: textSchema,
    status: v.optional(statusSchema, 'active'),
    source: v.optional(sourceSchema, 'individual'),
    expiresAt: v.optional(v.nullable(momentSchema), null),
    features: v.optional(v.array(textSchema), []),
    activationLimit: v.optional(v.nullable(limitSchema), null),
    activations: v.optional(v.array(activationSchema), []),
    ownerId: v.optional(v.nullable(countSchema), null),
    clientId: v.optional(v.nullable(countSchema), null),
    createdAt: v.optional(momentSchema, now),
  })
}

/**
 * Adds a license, or replaces the one with that key.
 *
 * @throws EmulatorChangeError `invalid-license`.
 */
export function withAddedLicense(state: HubState, added: NewLicense, now: number): HubState {
  const license = parseLicense(added, now)
  const present = state.licenses.find(({ key }) => key === license.key)
  const id = present?.id ?? state.portal.lastId + 1
  const portal = { ...state.portal, lastId: Math.max(state.portal.lastId, id) }
  return withLicense({ ...state, portal }, { id, ...license })
}

/**
 * The license of that key as it is after the change. What the patch names as `undefined` stays as it is.
 *
 * @throws EmulatorChangeError `unknown-license` or `invalid-license`.
 */
export function changedLicense(state: HubState, key: string, patch: LicensePatch, now: number): License {
  const present = state.licenses.find((candidate) => candidate.key === key)
  if (present === undefined) {
    throw new EmulatorChangeError('unknown-license', 'The emulator has no license with that key. Add it by addLicense.')
  }
  const { id, ...license } = present
  const named = Object.entries(patch).filter(([, value]) => value !== undefined)
  return { id, ...parseLicense({ ...license, ...Object.fromEntries(named), key }, now) }
}

function parseLicense(license: NewLicense, now: number): NumberedByHub {
  const result = v.safeParse(licenseSchema(now), license, { abortEarly: true })
  if (result.success) return result.output
  const problem = problemOf(result.issues[0], 'a license', 'it')
  throw new EmulatorChangeError('invalid-license', `The emulator cannot keep this license: ${problem}.`)
}
