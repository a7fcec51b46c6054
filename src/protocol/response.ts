import * as v from 'valibot'
import type { Activations } from '../domain/license/record.js'
import type { SetbackReason } from '../domain/license/setback.js'
import { parseJson } from './json.js'
import { requestedWaitMs } from './requested-wait.js'
import { type ErrorCode, errorSchema, errorStatus, type WireError, type WireValidationIssue } from './wire/error.js'
import type { Schema } from './wire/primitives.js'

/** What an HTTP response begins with. Header names are in lower case. */
export interface ResponseHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** An HTTP response as it came. */
export interface ReceivedResponse extends ResponseHead {
  readonly body: Uint8Array
}

/**
 * What a response amounts to. Only an `answer` is the hub's word, only a `refusal` is its no to this request; anything
 * else that may arrive (a sign-in page, a proxy's error, half a body) is a `setback` and decides nothing.
 */
export type Reading<Answer, Code extends string = ErrorCode> =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | Refusal<Code>
  | {
      readonly kind: 'setback'
      readonly reason: SetbackReason
      readonly retryAfterMs: number | null
      /** For the author: what about the answer does not fit. */
      readonly detail?: string
    }

export interface Refusal<Code extends string> {
  readonly kind: 'refusal'
  readonly code: Code | null
  readonly fields: readonly string[]
  /** How many domains the license is active on, where the hub says so. */
  readonly activations: Activations | null
}

export function setback(
  reason: SetbackReason,
  retryAfterMs: number | null = null,
  detail?: string,
): Reading<never, never> {
  return { kind: 'setback', reason, retryAfterMs, ...(detail !== undefined && { detail }) }
}

/** How the errors of one half of the hub are understood. */
export interface ErrorBook<Code extends string> {
  /** The codes that an error may carry (assumed). */
  readonly codes: Readonly<Record<Code, number>>
  /** What says the same where there is no code; the first that fits wins. Anything but a sentence counts as empty. */
  readonly sentences: readonly { readonly status: number; readonly pattern: RegExp; readonly code: Code }[]
}

/** Reads the response of a machine-facing endpoint. */
export function readResponse<Answer>(response: ReceivedResponse, schema: Schema<Answer>, now: number): Reading<Answer> {
  return readJsonResponse(response, schema, machineErrors, now)
}

/** Reads a JSON endpoint's response. `now` is the machine's clock, for a wait that ends at a named time. */
export function readJsonResponse<Answer, Code extends string>(
  response: ReceivedResponse,
  schema: Schema<Answer>,
  errors: ErrorBook<Code>,
  now: number,
): Reading<Answer, Code> {
  const { status, headers, body } = response
  if (status === 429) return setback('rate-limited', requestedWaitMs(headers, now))
  if (status >= 500) return setback('hub-failed', requestedWaitMs(headers, now))
  if (status === 407) return setback('proxy-failed')
  // A browser-like `fetch` hides a redirect that it may not follow behind status 0.
  if (status === 0 || (status >= 300 && status < 400)) return setback('redirected')

  // The status alone proves nothing: a captive portal answers 200, a corporate proxy 403, both in HTML.
  const json = isJson(headers['content-type']) ? withoutInheritance(parseJson(body)) : undefined
  if (json === undefined) return setback('not-json')

  if (status === 200 || status === 201) {
    const parsed = v.safeParse(schema, json)
    return parsed.success ? { kind: 'answer', answer: parsed.output } : setback('unexpected-answer')
  }
  if (status < 400) return setback('unexpected-answer')

  const error = v.safeParse(errorSchema, json)
  return error.success ? readError(status, error.output, errors) : setback('unexpected-answer')
}

/**
 * Whether whoever answered was asked too often: the hub (429), or what stands in front of it, which says so with 503
 * and a page of its own. A hub that reports 503 in its own words is merely out of order.
 */
export function asksForSilence({ status, headers }: ResponseHead): boolean {
  return status === 429 || (status === 503 && !isJson(headers['content-type']))
}

function isJson(contentType: string | undefined): boolean {
  return /^application\/(?:[a-z0-9.+-]+\+)?json\s*(?:;|$)/i.test(contentType ?? '')
}

/**
 * Takes their prototypes from all objects of a value. The schemas ask for a member with `in`, and what somebody put on every
 * object's prototype must not pass for an answer.
 */
function withoutInheritance(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  Object.values(value).forEach(withoutInheritance)
  return Object.setPrototypeOf(value, null)
}

function readError<Code extends string>(
  status: number,
  error: WireError,
  errors: ErrorBook<Code>,
): Reading<never, Code> {
  // A router that does not know the path says so in these words; it knows nothing about licenses, nor our codes.
  const fromRouter = status === 404 && error.detail === 'Not Found' && !isKnown(error.code, errors)
  if (status === 405 || fromRouter) return setback('wrong-route')
  const issues: readonly WireValidationIssue[] = Array.isArray(error.detail) ? error.detail : []
  const fields = issues.map((issue) => issue.loc.filter((part) => part !== 'body').join('.'))
  return { kind: 'refusal', code: codeOf(status, error, errors), fields, activations: error.activations ?? null }
}

function codeOf<Code extends string>(
  status: number,
  { code, detail }: WireError,
  errors: ErrorBook<Code>,
): Code | null {
  if (isKnown(code, errors)) return code
  const sentence = typeof detail === 'string' ? detail : ''
  return errors.sentences.find((entry) => entry.status === status && entry.pattern.test(sentence))?.code ?? null
}

function isKnown<Code extends string>(code: string | null | undefined, { codes }: ErrorBook<Code>): code is Code {
  return typeof code === 'string' && Object.hasOwn(codes, code)
}

/** "License not found" is documented by FlavorTeam, the other sentences are our assumption. */
const machineErrors: ErrorBook<ErrorCode> = {
  codes: errorStatus,
  sentences: [
    { status: 400, pattern: /key/i, code: 'invalid_key_format' },
    { status: 404, pattern: /^license not found/i, code: 'license_not_found' },
    { status: 404, pattern: /^product not found/i, code: 'product_not_found' },
    { status: 404, pattern: /^release not found/i, code: 'release_not_found' },
    { status: 404, pattern: /^component not found/i, code: 'component_not_found' },
    { status: 403, pattern: /revoked/i, code: 'license_revoked' },
    { status: 403, pattern: /expired/i, code: 'license_expired' },
    { status: 403, pattern: /limit/i, code: 'activation_limit_reached' },
    { status: 403, pattern: /not activated/i, code: 'domain_not_activated' },
    { status: 403, pattern: /tier/i, code: 'tier_not_entitled' },
    { status: 403, pattern: /product/i, code: 'product_mismatch' },
    { status: 422, pattern: /^/, code: 'validation_error' },
  ],
}
