import { TestbedError, type TestbedProblem } from './testbed-error.js'

/**
 * Refuses what is no object, and a name that is not known: it would be as if it had not been given, and the test would
 * pass for the wrong reason.
 */
export function requireNames(
  given: unknown,
  taker: string,
  known: Readonly<Record<string, unknown>>,
  code: TestbedProblem,
): void {
  const names = Object.keys(known).join(', ')
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new TestbedError(code, `${taker} takes an object with some of the fields ${names}.`)
  }
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(known, name))
  if (unknown === undefined) return
  throw new TestbedError(code, `${taker} takes no ${JSON.stringify(unknown)}, but ${names}.`)
}
