import { listSchema } from '../../wire/portal/page.js'
import type { Schema } from '../../wire/primitives.js'
import { type PortalReader, readItem } from './reading.js'

/** One page of a list. A bare array says nothing of pages. */
export interface ListAnswer<Item> {
  readonly items: readonly Item[]
  /** How many items there are altogether; `null` where the hub does not say so. */
  readonly total: number | null
  /** How many items the hub puts on a page; `null` where it does not say so. */
  readonly perPage: number | null
}

export function buildListQuery(page: number, perPage: number): Readonly<Record<string, string>> {
  return { page: String(page), per_page: String(perPage) }
}

export function readList<Wire, Item>(
  schema: Schema<Wire>,
  toItem: (wire: Wire) => Item,
): PortalReader<ListAnswer<Item>> {
  return readItem(listSchema(schema), (list): ListAnswer<Item> => {
    if ('items' in list) return { items: list.items.map(toItem), total: list.total, perPage: list.per_page }
    return { items: list.map(toItem), total: null, perPage: null }
  })
}
