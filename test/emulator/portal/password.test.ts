import { beforeEach, describe, expect, it, vi } from 'vitest'
import { defaultSeed } from '../../../src/emulator/index.js'
import { hashPassword, isPassword } from '../../../src/emulator/portal/password.js'
import { portalUnderTest } from './portal-under-test.js'

const work = vi.hoisted(() => ({ costs: [] as unknown[] }))

vi.mock('node:crypto', async (original) => {
  const crypto = await original<typeof import('node:crypto')>()
  const scrypt = (...parameters: Parameters<typeof crypto.scrypt>) => {
    work.costs.push({ bytes: parameters[2], ...parameters[3] })
    crypto.scrypt(...parameters)
  }
  return { ...crypto, scrypt }
})

beforeEach(() => {
  work.costs = []
})

const oneHash = [{ bytes: 32, N: 16_384, r: 8, p: 1 }]

describe('a password', () => {
  it('is kept as a salted scrypt hash', async () => {
    const hash = await hashPassword('correct horse')
    expect(hash).toMatch(/^scrypt\$16384\$8\$1\$[\w-]{22}\$[\w-]{43}$/)
    expect(await hashPassword('correct horse')).not.toBe(hash)
    expect(await isPassword('correct horse', hash)).toBe(true)
    expect(await isPassword('correct Horse', hash)).toBe(false)
  })

  it('of every account of the default seed is what its hash was made of', async () => {
    for (const { password, password_hash } of defaultSeed().accounts ?? []) {
      expect(await isPassword(password, password_hash)).toBe(true)
    }
  })
})

/** scrypt is what takes the time of an answer: where an unknown address costs as much of it, time tells nothing. */
describe('the work for an unknown address', () => {
  it.each([
    ['agency@flavor.example', 'agency-password', 200],
    ['agency@flavor.example', 'a wrong password', 401],
    ['nobody@flavor.example', 'a wrong password', 401],
  ])('is that for a known one at a login: %s, %s', async (email, password, status) => {
    const { login } = portalUnderTest()
    expect((await login(email, password)).status).toBe(status)
    expect(work.costs).toEqual(oneHash)
  })

  it.each(['agency@flavor.example', 'new@shop.example'])(
    'is that for a known one at a registration: %s',
    async (email) => {
      const { call } = portalUnderTest()
      await call('POST', '/auth/register', { body: { email, password: 'a-good-password', name: 'New' } })
      expect(work.costs).toEqual(oneHash)
    },
  )
})
