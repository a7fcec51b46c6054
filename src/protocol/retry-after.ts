/** Whatever a header says, no wait that is longer is believed: it would silence a machine for years. */
export const longestWaitMs: number = 24 * 60 * 60_000

const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const time = '\\d{2}:\\d{2}:\\d{2}'

/** The three date forms of HTTP (RFC 9110 section 5.6.7); Python frameworks end the first in `-0000`. */
const httpDates = [
  new RegExp(`^[A-Z][a-z]{2}, \\d{2} ${month} \\d{4} ${time} (?:GMT|-0000)$`),
  new RegExp(`^[A-Z][a-z]{5,8}, \\d{2}-${month}-\\d{2} ${time} GMT$`),
  new RegExp(`^[A-Z][a-z]{2} ${month} [ \\d]\\d ${time} \\d{4}$`),
]

/**
 * How long the hub asks to wait, in milliseconds, or `null` when it does not say so in a form that HTTP knows. Strict,
 * since lenient parsers read `-5` as the year 2001 and `1e3` as a thousand seconds. More than a day is not believed.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now: number): number | null {
  const value = headers['retry-after']?.trim()
  if (value === undefined) return null
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, longestWaitMs)

  const until = parseHttpDate(value)
  return until === null ? null : waitUntil(until, headers, now)
}

/**
 * How long until a time that the hub names, in epoch milliseconds. Measured against the response's own `Date`, so that
 * a wrong clock of this machine does not matter.
 */
export function waitUntil(until: number, headers: Readonly<Record<string, string>>, now: number): number {
  const reference = parseHttpDate(headers['date']?.trim() ?? '') ?? now
  return Math.min(Math.max(0, until - reference), longestWaitMs)
}

function parseHttpDate(text: string): number | null {
  if (!httpDates.some((form) => form.test(text))) return null
  // The asctime form names no zone, which `Date.parse` would take for local time. It is always GMT.
  const parsed = Date.parse(/(?:GMT|-0000)$/.test(text) ? text : `${text} GMT`)
  return Number.isFinite(parsed) ? parsed : null
}
