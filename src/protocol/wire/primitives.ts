import * as v from 'valibot'
import { isWellFormed, sha256Hex } from '../shape.js'

/** A schema that proves its output type and takes anything as input: all of it comes from a network or a disk. */
export type Schema<Output> = v.GenericSchema<unknown, Output>

/**
 * RFC 3339 with an explicit offset. The hub writes `Z` in its REST API and `+00:00` in webhooks (documented by
 * FlavorTeam). A time without an offset is refused: read as local time it would move an expiry by hours.
 */
const rfc3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/

export const timestampSchema: Schema<string> = v.pipe(
  v.string(),
  v.regex(rfc3339, 'a time must be RFC 3339 with an offset'),
  v.check(isCalendarTime, 'a time must be a real calendar time'),
)

/** `Date.parse` alone reads the 30th of February as the 2nd of March. */
function isCalendarTime(text: string): boolean {
  const day = text.slice(0, 10)
  return Number.isFinite(Date.parse(text)) && new Date(Date.parse(day)).toISOString().startsWith(day)
}

export const textSchema: Schema<string> = v.pipe(v.string(), v.check(isWellFormed, 'text must be well-formed Unicode'))

/** JSON can spell `1e400`, which reads as Infinity, and integers that a double cannot hold: both are refused. */
export const countSchema: Schema<number> = v.pipe(v.number(), v.safeInteger(), v.minValue(0))

/** `-1` stands for unlimited. */
export const limitSchema: Schema<number> = v.pipe(v.number(), v.safeInteger(), v.minValue(-1))

export const sha256HexSchema: Schema<string> = v.pipe(
  v.string(),
  v.regex(sha256Hex, 'a SHA-256 must be 64 lower-case hex digits'),
)
