import * as v from 'valibot'
import type { PortalTokens } from '../domain/portal/account.js'
import { accountSchema } from './wire/portal/auth.js'
import { type Schema, textSchema } from './wire/primitives.js'

const tokensSchema: Schema<PortalTokens> = v.object({
  accessToken: textSchema,
  refreshToken: textSchema,
  renewAt: v.pipe(v.number(), v.finite()),
  account: v.nullable(accountSchema),
  subject: textSchema,
})

/** The text in which a token store keeps tokens. */
export function encodePortalTokens(tokens: PortalTokens): string {
  return JSON.stringify(tokens)
}

/** `undefined` for anything else: whoever cannot read the tokens logs in again. */
export function decodePortalTokens(text: string): PortalTokens | undefined {
  const parsed = v.safeParse(v.pipe(v.string(), v.parseJson(), tokensSchema), text)
  return parsed.success ? parsed.output : undefined
}
