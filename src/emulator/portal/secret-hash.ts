import { createHash } from 'node:crypto'

/** One plain hash is enough: these secrets are random and long, so there is nothing to guess. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
