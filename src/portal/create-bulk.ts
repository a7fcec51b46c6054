import type { PortalLicense } from '../domain/portal/license.js'
import type { CreateBulkOutcome, CreatedInPart, OrderedItem } from '../domain/portal/outcome.js'
import { buildBulkCreation, readBulk } from '../protocol/exchange/portal/license.js'
import { mostPerBulk } from '../protocol/wire/portal/license.js'
import type { AskPortal } from './ask-portal.js'
import { orderProblems, unlessWrong } from './input.js'
import type { BulkOrder } from './licenses.js'
import type { PortalCallOptions } from './options.js'
import { refused, uncertain } from './outcomes.js'

type StoppedBy = CreatedInPart<PortalLicense>['stoppedBy']

/** Creates the licenses of an order, part by part, until something stops it. */
export function createBulk(
  ask: AskPortal,
  order: BulkOrder,
  options: PortalCallOptions | undefined,
): Promise<CreateBulkOutcome<PortalLicense>> {
  const isCount = Number.isSafeInteger(order?.quantity) && order.quantity >= 1
  const problems = { ...orderProblems(order), ...(!isCount && { quantity: 'a whole number from 1' }) }
  return unlessWrong(problems, async () => {
    const { quantity } = order
    const items: PortalLicense[] = []
    while (items.length < quantity) {
      const size = Math.min(quantity - items.length, mostPerBulk)
      const body = buildBulkCreation(order, size)
      const call = { route: 'licenseCreateBulk', purpose: 'create licenses', body, read: readBulk } as const
      const reply = await ask(call, options)
      if (!reply.ok) {
        const { outcome, lostAt } = reply
        const isLost = outcome.outcome === 'deferred' && lostAt !== null
        if (isLost) return inPart(items, size, quantity, uncertain(outcome, lostAt))
        return items.length === 0 ? outcome : inPart(items, 0, quantity, outcome)
      }
      items.push(...reply.answer)
      // What the hub leaves out of an order it leaves out again: asking on could go on without end.
      if (reply.answer.length < size) return inPart(items, 0, quantity, createdFewer)
    }
    return { outcome: 'created', items }
  })
}

const createdFewer = refused(
  'not-accepted',
  'The portal created fewer licenses than were ordered, and did not say why.',
)

function inPart(
  items: readonly PortalLicense[],
  unknown: number,
  quantity: number,
  stoppedBy: StoppedBy,
): CreatedInPart<PortalLicense> {
  const remaining = quantity - items.length - unknown
  const results: readonly OrderedItem<PortalLicense>[] = [
    ...items.map((item) => ({ state: 'created', item }) as const),
    ...Array.from({ length: unknown }, () => ({ state: 'unknown' }) as const),
    ...Array.from({ length: remaining }, () => ({ state: 'not-created' }) as const),
  ]
  const counts = [
    `${items.length} of ${quantity} licenses were created`,
    ...(unknown > 0 ? [`of ${unknown} it is not known`] : []),
    ...(remaining > 0 ? [`${remaining} were not`] : []),
  ]
  const message = `${counts.join(', ')}. ${stoppedBy.message}`
  return { outcome: 'created-in-part', items, results, unknown, remaining, stoppedBy, message }
}
