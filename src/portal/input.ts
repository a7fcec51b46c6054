import type { LicenseOrder } from '../domain/portal/license.js'
import type { PortalRefused } from '../domain/portal/outcome.js'
import { type InputProblems, invalidInput } from './outcomes.js'

/** Runs `operation` unless fields of the input are wrong: then nothing is asked. */
export async function unlessWrong<Result>(
  problems: InputProblems,
  operation: () => Promise<Result>,
): Promise<Result | PortalRefused> {
  return Object.keys(problems).length > 0 ? invalidInput(problems) : operation()
}

export function idProblem(id: unknown): InputProblems {
  return isId(id) ? {} : { id: wholeNumber }
}

/** Which of the given texts are none, or empty. */
export function textProblems(texts: Readonly<Record<string, unknown>>): InputProblems {
  const wrong = Object.keys(texts).filter((name) => {
    const text = texts[name]
    return typeof text !== 'string' || text.trim() === ''
  })
  return Object.fromEntries(wrong.map((name) => [name, 'a text that is not empty']))
}

/** A program without types may leave the order out. */
export function orderProblems(order: LicenseOrder | null | undefined): InputProblems {
  const { productId, tier, expiresAt, customerId }: Partial<LicenseOrder> = order ?? {}
  return {
    ...(!isId(productId) && { productId: wholeNumber }),
    ...(tier !== undefined && textProblems({ tier })),
    ...(expiresAt !== undefined && expiresAt !== null && !isTime(expiresAt) && { expiresAt: endOfLicense }),
    ...(customerId !== undefined && !isId(customerId) && { customerId: wholeNumber }),
  }
}

const wholeNumber = 'a whole number that is not negative'
const endOfLicense = 'a time in epoch milliseconds, or null for a lifetime license'

/** A number that is no time could not be written as one; a string would be, and mean something else. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 253_402_300_799_999
}

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0
}
