import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { fileRecordStore } from '../../src/adapters/file-record-store.js'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import { FlavorLicenseError } from '../../src/index.js'
import type { RecordStore } from '../../src/ports/record-store.js'
import { temporaryDirectory } from '../support/temporary-directory.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (content: Uint8Array | undefined): string | undefined => content && new TextDecoder().decode(content)

function storeIn(directory: string): RecordStore {
  return fileRecordStore(() => Promise.resolve(directory))
}

const kinds: readonly { readonly name: string; readonly create: () => RecordStore }[] = [
  { name: 'files', create: () => storeIn(join(temporaryDirectory(), 'not', 'there', 'yet')) },
  { name: 'memory', create: memoryRecordStore },
]

describe.each(kinds)('a record store of $name', ({ create }) => {
  it('is empty at first', async () => {
    const store = create()
    expect(await store.list('')).toEqual([])
    expect(await store.read('a')).toBeUndefined()
  })

  it('gives back what was published', async () => {
    const store = create()
    const content = new Uint8Array([0, 1, 0xff, 0xfe, 10, 13])
    await store.publish('a', content)
    expect(await store.read('a')).toEqual(content)
  })

  it('is not changed by what happens to the bytes afterwards', async () => {
    const store = create()
    const content = bytes('first')
    await store.publish('a', content)
    await store.publishOnce('b', content)
    content.fill(0)
    const read = await store.read('a')
    expect(text(read)).toBe('first')
    read?.fill(0)
    expect(text(await store.read('a'))).toBe('first')
    expect(text(await store.read('b'))).toBe('first')
  })

  it('lists the names that begin with a prefix', async () => {
    const store = create()
    for (const name of ['license-v1-b', 'license-v1-a', 'installation-v1']) await store.publish(name, bytes(name))
    expect([...(await store.list('license-v1-'))].sort()).toEqual(['license-v1-a', 'license-v1-b'])
    expect(await store.list('license-v2-')).toEqual([])
  })

  it('replaces a file whole', async () => {
    const store = create()
    await store.publish('a', bytes('a long first content'))
    await store.publish('a', bytes('short'))
    expect(text(await store.read('a'))).toBe('short')
  })

  it('publishes once: the first content stays, and every later writer is told it', async () => {
    const store = create()
    expect(text(await store.publishOnce('a', bytes('first')))).toBe('first')
    expect(text(await store.publishOnce('a', bytes('second')))).toBe('first')
    expect(text(await store.read('a'))).toBe('first')
  })

  it('has exactly one winner among writers that publish once at the same time', async () => {
    const store = create()
    const writers = Array.from({ length: 24 }, (_, index) => bytes(`writer ${index}`))
    const told = await Promise.all(writers.map((content) => store.publishOnce('a', content)))
    const kept = text(await store.read('a'))
    expect(writers.map((content) => text(content))).toContain(kept)
    expect(new Set(told.map(text))).toEqual(new Set([kept]))
    expect(await store.list('')).toEqual(['a'])
  })

  it('is never seen torn by readers while writers replace a file', async () => {
    const store = create()
    const contents = ['x', 'y'].map((letter) => letter.repeat(100_000))
    await store.publish('a', bytes('x'.repeat(100_000)))
    const writes = Array.from({ length: 10 }, (_, index) => store.publish('a', bytes(contents[index % 2] ?? '')))
    const reads = Array.from({ length: 30 }, () => store.read('a'))
    for (const read of await Promise.all(reads)) expect(contents).toContain(text(read))
    await Promise.all(writes)
  })

  it('removes a file, and does not mind when there is none', async () => {
    const store = create()
    await store.publish('a', bytes('a'))
    await store.remove('a')
    await store.remove('a')
    expect(await store.read('a')).toBeUndefined()
  })

  it('takes a file out of the way, and does not mind when there is none', async () => {
    const store = create()
    await store.publish('a', bytes('damaged'))
    await store.setAside('a')
    await store.setAside('a')
    expect(await store.read('a')).toBeUndefined()
    await store.publish('a', bytes('whole'))
    expect(text(await store.read('a'))).toBe('whole')
  })
})

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
