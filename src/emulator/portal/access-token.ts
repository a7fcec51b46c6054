import { jwtVerify, SignJWT } from 'jose'
import { accessTokenLifetimeMs } from '../../protocol/wire/portal/auth.js'

const algorithm = 'HS256'
const audience = 'flavor-hub-portal'

/** A JWT that says whose it is. `secret` is 32 bytes as base64url, `now` epoch milliseconds. */
export function signAccessToken(secret: string, accountId: number, now: number): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
    .setSubject(String(accountId))
    .setAudience(audience)
    .setIssuedAt(seconds(now))
    .setExpirationTime(seconds(now + accessTokenLifetimeMs))
    .sign(keyOf(secret))
}

/** The account that a token was signed for; `undefined` for one that is forged, altered or over. */
export async function accountIdOf(secret: string, token: string, now: number): Promise<number | undefined> {
  try {
    const { payload } = await jwtVerify(token, keyOf(secret), {
      // Named, or a token could choose how it is checked (algorithm confusion, `none`).
      algorithms: [algorithm],
      audience,
      currentDate: new Date(now),
      requiredClaims: ['sub', 'exp'],
    })
    return Number(payload.sub)
  } catch {
    return undefined
  }
}

function keyOf(secret: string): Uint8Array {
  return Buffer.from(secret, 'base64url')
}

function seconds(epochMs: number): number {
  return Math.floor(epochMs / 1000)
}
