import { createHash } from 'node:crypto'

/** One link of a login's chain of refresh tokens. The token itself is not kept: who reads the state cannot use it. */
export interface RefreshToken {
  readonly hash: string
  readonly accountId: number
  /** Shared by all that one login led to. */
  readonly family: number
  /** Epoch milliseconds. */
  readonly expiresAt: number
  /** Kept until it expires, so that a second use is recognized. */
  readonly used: boolean
}

/** An active API key; revoking removes it. The key itself is not kept. */
export interface ApiKey {
  readonly id: number
  readonly ownerId: number
  readonly name: string
  readonly prefix: string
  readonly hash: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** One plain hash is enough: these secrets are random and long, so there is nothing to guess. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
