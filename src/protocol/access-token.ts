import * as v from 'valibot'
import { decodeBase64Url } from './base64url.js'
import { parseJson } from './json.js'
import { accessTokenLifetimeMs } from './wire/portal/auth.js'
import type { Schema } from './wire/primitives.js'

interface Lifetime {
  readonly exp: number
  readonly iat?: number
}

/** NumericDates (RFC 7519): seconds, which may have a fraction. */
const lifetimeSchema: Schema<Lifetime> = v.object({
  exp: v.pipe(v.number(), v.finite()),
  iat: v.exactOptional(v.pipe(v.number(), v.finite())),
})

/**
 * When an access token is over, by the clock of this machine, in epoch milliseconds. It is read and not verified: the
 * hub alone judges its tokens, and what stands here only decides when to ask for the next one.
 *
 * @param receivedAt - When the token arrived. A lifetime from `iat` to `exp` is counted from here, so that a wrong clock
 * of this machine does not matter. Where there is none, `exp` counts, unless it lies in the past already: then the clock
 * is wrong. A token that is no JWT lives as long as FlavorTeam documents.
 */
export function accessTokenExpiry(token: string, receivedAt: number): number {
  const lifetime = readLifetime(token)
  if (lifetime?.iat !== undefined && lifetime.exp > lifetime.iat) {
    return receivedAt + (lifetime.exp - lifetime.iat) * 1000
  }
  const until = (lifetime?.exp ?? 0) * 1000
  return until > receivedAt ? until : receivedAt + accessTokenLifetimeMs
}

function readLifetime(token: string): Lifetime | undefined {
  const [, payload = '', ...rest] = token.split('.')
  const bytes = rest.length === 1 ? decodeBase64Url(payload) : undefined
  const parsed = v.safeParse(lifetimeSchema, bytes && parseJson(bytes))
  return parsed.success ? parsed.output : undefined
}
