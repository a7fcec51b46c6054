import { CommandError } from '../command-error.js'

/** A whole number of the line or of a file; `what` begins the sentence of an error. */
export function readNumber(text: string, what: string): number {
  const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
  if (Number.isSafeInteger(number)) return number
  throw new CommandError('invalid-number', `${what} is not a whole number, such as 12.`)
}

export function readId(text: string): number {
  return readNumber(text, 'The id')
}
