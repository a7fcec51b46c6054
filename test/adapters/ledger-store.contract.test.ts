import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileLedgerStore } from '../../src/adapters/file-ledger-store.js'
import { type FileSystem, nodeFileSystem } from '../../src/adapters/file-system.js'
import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import type { LedgerStore } from '../../src/ports/ledger-store.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { ledgerStoreContract } from './ledger-store.contract.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function storeIn(directory: string, files?: FileSystem): LedgerStore {
  return fileLedgerStore(() => Promise.resolve(directory), files)
}

function failWith(code: string): () => Promise<never> {
  return () => Promise.reject(Object.assign(new Error(code), { code }))
}

/** As on exFAT and on Android. */
const withoutLinks: FileSystem = { ...nodeFileSystem, link: failWith('EPERM') }

ledgerStoreContract('files', () => {
  const directory = join(temporaryDirectory(), 'not', 'there', 'yet')
  return { open: () => storeIn(directory) }
})

ledgerStoreContract('memory', () => {
  const store = memoryLedgerStore()
  return { open: () => store }
})

describe('a ledger store of files', () => {
  const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)

  it('makes no directory before something is written', async () => {
    const directory = join(temporaryDirectory(), 'store')
    await storeIn(directory).read('a')
    expect(() => statSync(directory)).toThrow('ENOENT')
  })

  it('gives its files and the directories that it makes to their owner alone', async () => {
    const directory = join(temporaryDirectory(), 'store')
    await storeIn(directory).advance('a', 0, bytes('a'))
    expect(mode(directory)).toBe('700')
    expect(readdirSync(directory).map((name) => mode(join(directory, name)))).toEqual(['600'])
  })

  it('leaves the mode of a directory alone that was there before', async () => {
    const directory = temporaryDirectory()
    chmodSync(directory, 0o755)
    await storeIn(directory).advance('a', 0, bytes('a'))
    expect(mode(directory)).toBe('755')
  })

  it('keeps a bounded number of files, however many processes write', async () => {
    const directory = temporaryDirectory()
    const write = async () => {
      const store = storeIn(directory)
      for (let step = 0; step < 40; step += 1) await store.advance('a', (await store.read('a')).version, bytes('a'))
    }
    await Promise.all(Array.from({ length: 8 }, write))
    const { version } = await storeIn(directory).read('a')
    expect(version).toBeGreaterThanOrEqual(40)
    expect(readdirSync(directory).length).toBeLessThanOrEqual(8)
  })

  it('takes no file of another name, or of none of its own, for a version', async () => {
    const directory = temporaryDirectory()
    const store = storeIn(directory)
    await store.advance('a', 0, bytes('a'))
    const foreign = ['a-', 'a-x', 'a-00000000z.bak', 'a-b-00000000z', 'a-00000000Z', 'a-0000000009']
    for (const name of foreign) writeFileSync(join(directory, name), 'foreign')
    expect(await store.read('a')).toEqual({ version: 1, content: bytes('a') })
    for (let version = 1; version < 12; version += 1) expect(await store.advance('a', version, bytes('a'))).toBe(true)
    expect(readdirSync(directory)).toEqual(expect.arrayContaining(foreign))
  })

  it('lets one alone advance where the disk knows no links', async () => {
    const directory = temporaryDirectory()
    const store = storeIn(directory, withoutLinks)
    const won = await Promise.all(Array.from({ length: 8 }, (_, index) => store.advance('a', 0, bytes(`${index}`))))
    expect(won.filter(Boolean)).toHaveLength(1)
    expect(await store.read('a')).toEqual({ version: 1, content: bytes(`${won.indexOf(true)}`) })
    expect(readdirSync(directory)).toEqual(['a-000000001'])
  })

  it.each(['createVolatile', 'link', 'list', 'makeDirectories'] as const)(
    'passes on that %s failed, and leaves nothing behind',
    async (call) => {
      const directory = temporaryDirectory()
      const store = storeIn(directory, { ...nodeFileSystem, [call]: failWith('ENOSPC') })
      await expect(store.advance('a', 0, bytes('a'))).rejects.toMatchObject({ code: 'ENOSPC' })
      expect(readdirSync(directory).filter((name) => name.endsWith('.tmp'))).toEqual([])
    },
  )

  it('passes on what the disk reports of a ledger that is there', async () => {
    const directory = temporaryDirectory()
    await storeIn(directory).advance('a', 0, bytes('a'))
    const store = storeIn(directory, { ...nodeFileSystem, read: failWith('EIO') })
    await expect(store.read('a')).rejects.toMatchObject({ code: 'EIO' })
  })
})
