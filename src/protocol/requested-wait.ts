import { longestWaitMs, retryAfterMs, waitUntil } from './retry-after.js'
import { parseStructuredField } from './structured-field.js'

type Headers = Readonly<Record<string, string>>

/** What a hub says is left of a limit. */
interface Quota {
  /** `null` where only the reset is named. */
  readonly remaining: number | null
  /** Until it is whole again, in milliseconds. */
  readonly resetMs: number
}

/**
 * How long a hub that turned us away wants us to stay away, in milliseconds, or `null` when it does not say so in a
 * form that is known: by `Retry-After`, else `RateLimit`, else `RateLimit-*`, else `X-RateLimit-*`. More than a day is
 * not believed.
 */
export function requestedWaitMs(headers: Headers, now: number): number | null {
  return (
    retryAfterMs(headers, now) ?? longestReset(headers, now, ({ remaining }) => remaining === null || remaining === 0)
  )
}

/**
 * For how long, in milliseconds, a hub that answered says that nothing is left, or `null` when it does not say so.
 * `Retry-After` is not asked: some limiters put it on every answer, however much is left.
 */
export function spentForMs(headers: Headers, now: number): number | null {
  return longestReset(headers, now, ({ remaining }) => remaining === 0)
}

/** Of the first form of header in which a quota is spent. */
function longestReset(headers: Headers, now: number, isSpent: (quota: Quota) => boolean): number | null {
  const resetMs = (text: string | undefined) => readReset(text, headers, now)
  const forms = [
    draftQuotas(headers, resetMs),
    plainQuotas('ratelimit', headers, resetMs),
    plainQuotas('x-ratelimit', headers, resetMs),
  ]
  const spent = forms.map((quotas) => quotas.filter(isSpent)).find((quotas) => quotas.length > 0)
  return spent ? Math.max(...spent.map((quota) => quota.resetMs)) : null
}

type ReadReset = (text: string | undefined) => number | null

/**
 * `RateLimit` of the IETF draft on rate limit fields: `"default";r=0;t=30` for each policy, or, before version 8,
 * `limit=10, remaining=0, reset=30`.
 */
function draftQuotas(headers: Headers, resetMs: ReadReset): readonly Quota[] {
  const members = parseStructuredField(headers['ratelimit']?.trim() ?? '') ?? []
  const named = (name: string) => members.find(({ key }) => key === name)?.item
  return [
    ...members.flatMap(({ parameters }) => quota(parameters.get('r'), resetMs(parameters.get('t')))),
    ...quota(named('remaining'), resetMs(named('reset'))),
  ]
}

function plainQuotas(prefix: string, headers: Headers, resetMs: ReadReset): readonly Quota[] {
  return quota(headers[`${prefix}-remaining`]?.trim(), resetMs(headers[`${prefix}-reset`]?.trim()))
}

/** None, where either part is not what it should be: half of a message is no message. */
function quota(remaining: string | undefined, resetMs: number | null): readonly Quota[] {
  if (resetMs === null || (remaining !== undefined && !/^\d+$/.test(remaining))) return []
  return [{ remaining: remaining === undefined ? null : Number(remaining), resetMs }]
}

/** What is larger is no delay in seconds but a time in seconds, and what is larger still one in milliseconds. */
const longestDelayS = 1e9
const latestTimeS = 1e11

/** A reset is a delay or a time, in seconds, in some servers with a fraction, in some in milliseconds. */
function readReset(text: string | undefined, headers: Headers, now: number): number | null {
  if (text === undefined || !/^\d+(?:\.\d+)?$/.test(text)) return null
  const value = Number(text)
  if (value < longestDelayS) return Math.min(Math.ceil(value * 1000), longestWaitMs)
  return waitUntil(Math.ceil(value < latestTimeS ? value * 1000 : value), headers, now)
}
