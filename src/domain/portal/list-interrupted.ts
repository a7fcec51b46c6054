import type { NotDone } from './outcome.js'

// A registered symbol: the ESM and the CJS build in one process have two classes but one brand.
const brand = Symbol.for('flavor-license.list-interrupted')

/** A loop over a list ended before the list did: the hub did not bring the next page, for the reason in `outcome`. */
export class ListInterruptedError extends Error {
  override readonly name: string = 'ListInterruptedError'
  readonly code = 'list-interrupted'
  readonly outcome: NotDone

  constructor(outcome: NotDone) {
    super(outcome.message)
    this.outcome = outcome
    Object.defineProperty(this, brand, { value: true })
  }
}

/** Whether `value` is a {@link ListInterruptedError}, of whichever copy of this package. */
export function isListInterrupted(value: unknown): value is ListInterruptedError {
  return typeof value === 'object' && value !== null && brand in value
}
