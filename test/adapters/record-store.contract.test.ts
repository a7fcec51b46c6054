import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileRecordStore } from '../../src/adapters/file-record-store.js'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import { FlavorLicenseError } from '../../src/index.js'
import type { RecordStore } from '../../src/ports/record-store.js'
import { temporaryDirectory } from '../support/temporary-directory.js'
import { recordStoreContract } from './record-store.contract.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

function storeIn(directory: string): RecordStore {
  return fileRecordStore(() => Promise.resolve(directory))
}

recordStoreContract('files', () => storeIn(join(temporaryDirectory(), 'not', 'there', 'yet')))
recordStoreContract('memory', memoryRecordStore)

describe('a record store of files', () => {
  const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8)

  it('makes no directory before something is written', async () => {
    const directory = join(temporaryDirectory(), 'store')
    const store = storeIn(directory)
    await store.list('')
    await store.read('a')
    await store.remove('a')
    await store.setAside('a')
    expect(() => statSync(directory)).toThrow('ENOENT')
  })

  it('gives its files and the directories that it makes to their owner alone', async () => {
    const parent = join(temporaryDirectory(), 'parent')
    const directory = join(parent, 'store')
    const store = storeIn(directory)
    await store.publish('a', bytes('a'))
    await store.publishOnce('b', bytes('b'))
    expect([parent, directory].map(mode)).toEqual(['700', '700'])
    expect(['a', 'b'].map((name) => mode(join(directory, name)))).toEqual(['600', '600'])
  })

  it('leaves the mode of a directory alone that was there before', async () => {
    const directory = temporaryDirectory()
    chmodSync(directory, 0o755)
    await storeIn(directory).publish('a', bytes('a'))
    expect(mode(directory)).toBe('755')
  })

  it('leaves nothing but the files', async () => {
    const directory = temporaryDirectory()
    const store = storeIn(directory)
    await store.publish('a', bytes('1'))
    await store.publish('a', bytes('2'))
    await store.publishOnce('a', bytes('3'))
    expect(readdirSync(directory)).toEqual(['a'])
  })

  it('sweeps what killed writers left more than an hour ago, and nothing else', async () => {
    const directory = temporaryDirectory()
    const age = (name: string, minutes: number) => {
      writeFileSync(join(directory, name), name)
      const time = Date.now() / 1000 - minutes * 60
      utimesSync(join(directory, name), time, time)
    }
    age('.old.tmp', 61)
    age('.young.tmp', 59)
    age('old-record', 100_000)
    await storeIn(directory).publish('a', bytes('a'))
    expect(readdirSync(directory).sort()).toEqual(['.young.tmp', 'a', 'old-record'])
  })

  it('keeps at most three files aside', async () => {
    const directory = temporaryDirectory()
    const store = storeIn(directory)
    for (const name of ['a', 'b', 'c', 'd', 'e']) {
      await store.publish(name, bytes(name))
      await store.setAside(name)
    }
    expect(readdirSync(directory).sort()).toEqual(['a.damaged', 'b.damaged', 'c.damaged'])
    expect(readFileSync(join(directory, 'a.damaged'), 'utf8')).toBe('a')
  })

  it('says so when its directory is a file, and leaves the file alone', async () => {
    const path = join(temporaryDirectory(), 'a-file')
    writeFileSync(path, 'precious')
    const store = storeIn(path)
    const attempts = [
      () => store.list(''),
      () => store.read('a'),
      () => store.publish('a', bytes('a')),
      () => store.publishOnce('a', bytes('a')),
      () => store.remove('a'),
      () => store.setAside('a'),
    ]
    for (const attempt of attempts) {
      const error = await attempt().then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error).toBeInstanceOf(FlavorLicenseError)
      expect(error).toMatchObject({ code: 'directory-is-a-file', message: expect.stringContaining(path) })
      expect(error).toHaveProperty('cause')
    }
    expect(readFileSync(path, 'utf8')).toBe('precious')
  })

  it('passes on what else the disk reports', async () => {
    const directory = temporaryDirectory()
    mkdirSync(join(directory, 'a'))
    await expect(storeIn(directory).read('a')).rejects.toMatchObject({ code: 'EISDIR' })
    await expect(storeIn(directory).publish('a', bytes('a'))).rejects.toMatchObject({ code: 'EISDIR' })
    expect(readdirSync(directory)).toEqual(['a'])
  })

  it('rejects with the reason where there is no place for it', async () => {
    const reason = new Error('This user has no home directory.')
    const store = fileRecordStore(() => Promise.reject(reason))
    await expect(store.read('a')).rejects.toBe(reason)
    await expect(store.publish('a', bytes('a'))).rejects.toBe(reason)
  })
})
