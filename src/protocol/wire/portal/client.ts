import * as v from 'valibot'
import { countSchema, type Schema, textSchema } from '../primitives.js'

/** A customer of a reseller or an agency (documented by FlavorTeam). */
export interface WireClient {
  readonly id: number
  readonly email: string
  readonly name: string
  readonly company: string | null
  readonly license_count: number
}

export const clientSchema: Schema<WireClient> = v.object({
  id: countSchema,
  email: textSchema,
  name: textSchema,
  company: v.nullable(textSchema),
  license_count: countSchema,
})

/** Body of `POST /portal/clients` (documented by FlavorTeam). */
export interface WireClientCreation {
  readonly email: string
  readonly name: string
  readonly company?: string | null
}

export const clientCreationSchema: Schema<WireClientCreation> = v.object({
  email: textSchema,
  name: textSchema,
  company: v.exactOptional(v.nullable(textSchema)),
})
