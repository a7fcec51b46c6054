import type {
  BulkOrder,
  CreateBulkOutcome,
  CreatedAll,
  CreatedInPart,
  NotDone,
  PortalClient,
  PortalLicense,
} from '../../portal/index.js'
import { CommandError } from '../command-error.js'
import { readInput } from '../file-input.js'
import type { Terminal } from '../terminal.js'
import { readCsv } from './csv.js'
import { readLicenseOrder } from './license-order-input.js'
import { readNumber } from './number-input.js'

const columns = ['productId', 'quantity', 'tier', 'expiresAt', 'customerId']

/** The orders of a file. One that is wrong is found before anything is ordered. */
export async function readBulkOrders(file: string, terminal: Terminal): Promise<readonly BulkOrder[]> {
  const text = await readInput(file, 'The file', terminal)
  const orders = (await readCsv(text, file, columns)).map(({ line, cells }) => {
    const given = Object.fromEntries(Object.entries(cells).filter(([, cell]) => cell !== ''))
    try {
      return { ...readLicenseOrder(given), quantity: readNumber(given['quantity'] ?? '', 'The quantity') }
    } catch (error) {
      if (!(error instanceof CommandError)) throw error
      throw new CommandError(error.code, `Line ${line} of ${file}: ${error.message} Nothing was ordered.`)
    }
  })
  if (orders.length > 0) return orders
  throw new CommandError('invalid-csv', `The file ${file} holds no orders below the names of its columns.`)
}

/** Places orders one after the other, until something stops it. What comes after that counts as not created. */
export async function placeOrders(
  portal: PortalClient,
  orders: readonly BulkOrder[],
): Promise<CreateBulkOutcome<PortalLicense>> {
  const items: PortalLicense[] = []
  for (const [index, order] of orders.entries()) {
    const outcome = await portal.licenses.createBulk(order)
    if (outcome.outcome === 'created') {
      for (const item of outcome.items) items.push(item)
      continue
    }
    if (items.length === 0 && (index === orders.length - 1 || outcome.outcome !== 'created-in-part')) return outcome
    const later = orders.slice(index + 1).reduce((sum, { quantity }) => sum + quantity, 0)
    return stopped(items, asPart(outcome, order.quantity), later)
  }
  return { outcome: 'created', items } satisfies CreatedAll<PortalLicense>
}

type Part = Pick<CreatedInPart<PortalLicense>, 'items' | 'results' | 'unknown' | 'remaining' | 'stoppedBy'>

function asPart(outcome: CreatedInPart<PortalLicense> | NotDone, quantity: number): Part {
  if (outcome.outcome === 'created-in-part') return outcome
  return { items: [], results: notCreated(quantity), unknown: 0, remaining: quantity, stoppedBy: outcome }
}

function stopped(before: readonly PortalLicense[], part: Part, later: number): CreatedInPart<PortalLicense> {
  const { unknown, stoppedBy } = part
  const items = [...before, ...part.items]
  const remaining = part.remaining + later
  const results = [
    ...before.map((item) => ({ state: 'created', item }) as const),
    ...part.results,
    ...notCreated(later),
  ]
  const message =
    `${items.length} of ${results.length} licenses were created, of ${unknown} it is not known, ${remaining} were not. ` +
    stoppedBy.message
  return { outcome: 'created-in-part', items, results, unknown, remaining, stoppedBy, message }
}

function notCreated(count: number): Part['results'] {
  return Array.from({ length: count }, () => ({ state: 'not-created' }) as const)
}
