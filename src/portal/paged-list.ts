import { ListInterruptedError } from '../domain/portal/list-interrupted.js'
import type { ListedPage, ListOutcome, NotDone, PageOutcome } from '../domain/portal/outcome.js'
import type { ListAnswer } from '../protocol/exchange/portal/list.js'
import { pageDefaults } from '../protocol/wire/portal/page.js'
import type { PortalCallOptions } from './options.js'
import { invalidInput, type PortalReply } from './outcomes.js'

/** Which part of a list is read. */
export interface PageOptions extends PortalCallOptions {
  /** The page, from 1. @defaultValue 1 */
  readonly page?: number
  /** How many items to ask for at a time; the hub may give fewer. @defaultValue 25 (documented by FlavorTeam) */
  readonly perPage?: number
}

/**
 * A list at the portal. Nothing is asked until it is read, and each reading asks anew.
 *
 * `for await` pages by itself. A loop has no place for an outcome, so that where the hub does not bring the next page it
 * ends with a {@link ListInterruptedError}: half a list must not pass for a whole one. {@link PortalList.all} gives the
 * outcome as a value instead.
 */
export interface PortalList<Item> extends AsyncIterable<Item> {
  /** One page. */
  page(options?: PageOptions): Promise<PageOutcome<Item>>
  /** All pages together. */
  all(options?: PageOptions): Promise<ListOutcome<Item>>
}

type FetchPage<Item> = (
  page: number,
  perPage: number,
  options: PortalCallOptions | undefined,
) => Promise<PortalReply<ListAnswer<Item>>>

export function pagedList<Item extends { readonly id: number }>(fetchPage: FetchPage<Item>): PortalList<Item> {
  async function page(options: PageOptions = {}): Promise<PageOutcome<Item>> {
    const { page: number = pageDefaults.page, perPage = pageDefaults.per_page } = options
    const wrong = Object.entries({ page: number, perPage }).filter(([, value]) => !isCount(value))
    if (wrong.length > 0)
      return invalidInput(Object.fromEntries(wrong.map(([name]) => [name, 'a whole number from 1'])))
    const reply = await fetchPage(number, perPage, options)
    return reply.ok ? toPage(reply.answer, number, perPage) : reply.outcome
  }

  /** Page after page, without what stood on an earlier one: while it is read, a list may grow at its front. */
  async function* pages(options: PageOptions = {}): AsyncGenerator<readonly Item[], NotDone | undefined> {
    const seen = new Set<number>()
    for (let number = options.page ?? pageDefaults.page; ; number += 1) {
      const listed = await page({ ...options, page: number })
      if (listed.outcome !== 'listed') return listed
      const fresh = listed.items.filter(({ id }) => !seen.has(id))
      for (const { id } of fresh) seen.add(id)
      yield fresh
      // A hub that does not page answers every page with the whole list.
      if (!listed.hasMore || (fresh.length === 0 && listed.total === null)) return undefined
    }
  }

  return {
    page,
    async all(options) {
      const items: Item[] = []
      const reading = pages(options)
      for (;;) {
        const step = await reading.next()
        if (!step.done) items.push(...step.value)
        else return step.value ?? { outcome: 'listed', items }
      }
    },
    async *[Symbol.asyncIterator]() {
      const interrupted = yield* flattened(pages())
      if (interrupted) throw new ListInterruptedError(interrupted)
    },
  }
}

async function* flattened<Item, End>(pages: AsyncGenerator<readonly Item[], End>): AsyncGenerator<Item, End> {
  for (;;) {
    const step = await pages.next()
    if (step.done) return step.value
    yield* step.value
  }
}

/** Of a bare array, only a full page suggests another; one that is longer than a page is the whole list. */
function toPage<Item>(
  { items, total, perPage: given }: ListAnswer<Item>,
  page: number,
  asked: number,
): ListedPage<Item> {
  const hasMore =
    total === null ? items.length === asked : items.length > 0 && (page - 1) * (given ?? asked) + items.length < total
  return { outcome: 'listed', items, page, total, hasMore }
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 1
}
