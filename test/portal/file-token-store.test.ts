import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { memoryTokenStore } from '../../src/adapters/memory-token-store.js'
import { fileTokenStore } from '../../src/portal/index.js'
import type { TokenStore } from '../../src/ports/token-store.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const stores: readonly [string, () => TokenStore][] = [
  ['memory', memoryTokenStore],
  ['files', () => fileTokenStore(join(temporaryDirectory(), 'tokens'))],
]

describe.each(stores)('a token store of %s', (_, open) => {
  it('keeps what it is given, by name, until it is told to forget', async () => {
    const store = open()
    expect(await store.load('a')).toBeUndefined()
    await store.save('a', 'one')
    await store.save('a', 'two')
    await store.save('b', 'größer')
    expect([await store.load('a'), await store.load('b')]).toEqual(['two', 'größer'])
    await store.remove('a')
    await store.remove('a')
    expect([await store.load('a'), await store.load('b')]).toEqual([undefined, 'größer'])
  })

  it('hands on what an operation in its turn brings', async () => {
    const store = open()
    await store.save('a', 'one')
    expect(await store.takeTurn('a', async () => 'done')).toBe('done')
    await expect(store.takeTurn('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(await store.takeTurn('a', async () => 'again')).toBe('again')
  })
})

describe('a token store of files', () => {
  it('lets this user alone read them', async () => {
    const directory = join(temporaryDirectory(), 'tokens')
    await fileTokenStore(directory).save('portal-v1-0123', 'secret')
    expect(readdirSync(directory)).toEqual(['portal-v1-0123'])
    expect(readFileSync(join(directory, 'portal-v1-0123'), 'utf8')).toBe('secret')
    expect(statSync(join(directory, 'portal-v1-0123')).mode & 0o777).toBe(0o600)
    expect(statSync(directory).mode & 0o777).toBe(0o700)
  })

  it('lets one program after the other take its turn', async () => {
    const directory = join(temporaryDirectory(), 'tokens')
    const [one, other] = [fileTokenStore(directory), fileTokenStore(directory)]
    await one.save('a', '0')
    const raise = (store: TokenStore) =>
      store.takeTurn('a', async () => {
        const value = Number(await store.load('a'))
        await new Promise((resolve) => setImmediate(resolve))
        await store.save('a', String(value + 1))
      })
    await Promise.all([raise(one), raise(other), raise(one), raise(other)])
    expect(await one.load('a')).toBe('4')
  })

  it.each(['tokens', './tokens', ''])('takes an absolute path alone, not %j', (directory) => {
    expect(() => fileTokenStore(directory)).toThrow(/absolute path/)
  })
})
