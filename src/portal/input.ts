import type { LicenseOrder } from '../domain/portal/license.js'
import type { PortalRefused } from '../domain/portal/outcome.js'
import { invalidInput } from './outcomes.js'

/** Runs `operation` unless fields of the input are wrong: then nothing is asked. */
export async function unlessWrong<Result>(
  fields: readonly string[],
  operation: () => Promise<Result>,
): Promise<Result | PortalRefused> {
  return fields.length > 0 ? invalidInput(fields) : operation()
}

export function idProblem(id: unknown): readonly string[] {
  return isId(id) ? [] : ['id']
}

/** Which of the given texts are none, or empty. */
export function textProblems(texts: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.keys(texts).filter((name) => {
    const text = texts[name]
    return typeof text !== 'string' || text.trim() === ''
  })
}

export function orderProblems({ productId, tier, expiresAt, customerId }: LicenseOrder): readonly string[] {
  return [
    ...(isId(productId) ? [] : ['productId']),
    ...(tier === undefined ? [] : textProblems({ tier })),
    ...(expiresAt === undefined || expiresAt === null || isTime(expiresAt) ? [] : ['expiresAt']),
    ...(customerId === undefined || isId(customerId) ? [] : ['customerId']),
  ]
}

/** A number that is no time could not be written as one; a string would be, and mean something else. */
function isTime(value: unknown): boolean {
  return typeof value === 'number' && value >= 0 && value <= 253_402_300_799_999
}

function isId(value: unknown): boolean {
  return Number.isSafeInteger(value) && typeof value === 'number' && value >= 0
}
