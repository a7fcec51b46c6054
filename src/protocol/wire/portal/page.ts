import * as v from 'valibot'
import { countSchema, type Schema } from '../primitives.js'

/** One page of a list, in the envelope that FlavorTeam documents for lists that support paging. */
export interface WirePage<Item> {
  readonly items: readonly Item[]
  readonly total: number
  readonly page: number
  readonly per_page: number
}

/** Licenses and clients are documented as bare arrays, other lists in the envelope: a reader takes both everywhere. */
export type WireList<Item> = readonly Item[] | WirePage<Item>

/** Where a page begins and how long it is unless a request says otherwise (documented by FlavorTeam). */
export const pageDefaults = { page: 1, per_page: 25 } as const

export function pageSchema<Item>(item: Schema<Item>): Schema<WirePage<Item>> {
  return v.object({ items: v.array(item), total: countSchema, page: countSchema, per_page: countSchema })
}

export function listSchema<Item>(item: Schema<Item>): Schema<WireList<Item>> {
  return v.union([v.array(item), pageSchema(item)])
}
