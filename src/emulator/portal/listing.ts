import { pageDefaults, type WireList } from '../../protocol/wire/portal/page.js'
import type { QueryValues } from './query.js'

/** All of them, for a test that tries each. */
export const listForms = ['array', 'paged-array', 'envelope'] as const

/**
 * How licenses and clients are listed. `array` is documented by FlavorTeam: all of them, bare. The other two are what a
 * reader has to bear as well: one page of a bare array, and the envelope that other lists come in.
 */
export type ListForm = (typeof listForms)[number]

export function listed<Item>(items: readonly Item[], query: QueryValues, form: ListForm): WireList<Item> {
  if (form === 'array') return items
  const page = Number(query.get('page') ?? pageDefaults.page)
  const perPage = Number(query.get('per_page') ?? pageDefaults.per_page)
  const onPage = items.slice((page - 1) * perPage, page * perPage)
  return form === 'paged-array' ? onPage : { items: onPage, total: items.length, page, per_page: perPage }
}
