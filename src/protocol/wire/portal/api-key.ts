import * as v from 'valibot'
import { countSchema, type Schema, textSchema, timestampSchema } from '../primitives.js'

/** How an API key begins, and its whole form: the prefix and 40 hex digits (documented by FlavorTeam). */
export const apiKeyStart = 'fh_live_'
export const apiKeyPattern: RegExp = /^fh_live_[0-9a-f]{40}$/

/** How many characters after the start are shown as a key's prefix (documented by FlavorTeam). */
export const apiKeyPrefixLength = 8

/** How many active keys an account may have (documented by FlavorTeam). */
export const mostApiKeys = 10

/** Body of `POST /portal/api-keys` (documented by FlavorTeam). */
export interface WireApiKeyCreation {
  readonly name: string
}

export const apiKeyCreationSchema: Schema<WireApiKeyCreation> = v.object({ name: textSchema })

/** An active key as `GET /portal/api-keys` lists it (assumed): the key itself is never shown again. */
export interface WireApiKey {
  readonly id: number
  readonly name: string
  readonly prefix: string
  readonly created_at: string
}

const apiKeyEntries = { id: countSchema, name: textSchema, prefix: textSchema, created_at: timestampSchema }

export const apiKeySchema: Schema<WireApiKey> = v.object(apiKeyEntries)

/** Answer of `POST /portal/api-keys` (documented by FlavorTeam). */
export interface WireCreatedApiKey extends WireApiKey {
  readonly raw_key: string
}

export const createdApiKeySchema: Schema<WireCreatedApiKey> = v.object({ ...apiKeyEntries, raw_key: textSchema })
