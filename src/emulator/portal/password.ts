import { randomBytes, type ScryptOptions, scrypt, scryptSync, timingSafeEqual } from 'node:crypto'

const cost = { N: 16_384, r: 8, p: 1 }
const saltBytes = 16
const hashBytes = 32

/** `scrypt$N$r$p$salt$hash`, so that a later change of the cost does not lock anybody out. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes)
  return written(salt, await derive(password, salt, cost))
}

/** For a seed, which is read before anything can wait. */
export function hashPasswordNow(password: string): string {
  const salt = randomBytes(saltBytes)
  return written(salt, scryptSync(password, salt, hashBytes, cost))
}

/**
 * Whether that is the password. Without a hash the work is the same and the answer no: an unknown address must not
 * answer faster than a known one, or addresses could be tried out (user enumeration).
 */
export async function isPassword(password: string, passwordHash: string | undefined): Promise<boolean> {
  const [, N, r, p, salt = '', expected = ''] = (passwordHash ?? nobodysHash).split('$')
  const options = { N: Number(N), r: Number(r), p: Number(p) }
  const derived = await derive(password, Buffer.from(salt, 'base64url'), options)
  const hash = Buffer.from(expected, 'base64url')
  return derived.byteLength === hash.byteLength && timingSafeEqual(derived, hash) && passwordHash !== undefined
}

export function isPasswordHash(text: string): boolean {
  return /^scrypt\$\d+\$\d+\$\d+\$[\w-]{22}\$[\w-]{43}$/.test(text)
}

const nobodysHash = written(Buffer.alloc(saltBytes), Buffer.alloc(hashBytes))

function written(salt: Buffer, hash: Buffer): string {
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$')
}

function derive(password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, hashBytes, options, (error, hash) => (error === null ? resolve(hash) : reject(error)))
  })
}
