import { CommandError } from './command-error.js'

const shape = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2}))?$/

/** The time that an option names, in epoch milliseconds. A day alone stands for its last second, in UTC. */
export function readDate(text: string, option: string): number {
  const [, day, time] = shape.exec(text) ?? []
  if (day !== undefined && isCalendarDay(day)) {
    const moment = Date.parse(`${day}${time ?? 'T23:59:59Z'}`)
    if (Number.isFinite(moment)) return moment
  }
  throw new CommandError('invalid-date', `The date of --${option} is not valid. Write it like 2027-12-31.`)
}

/** `Date.parse` alone reads the 30th of February as the 2nd of March. */
function isCalendarDay(day: string): boolean {
  const moment = Date.parse(day)
  return Number.isFinite(moment) && new Date(moment).toISOString().startsWith(day)
}
