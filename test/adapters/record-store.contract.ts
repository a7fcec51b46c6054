import { describe, expect, it } from 'vitest'
import type { RecordStore } from '../../src/ports/record-store.js'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (content: Uint8Array | undefined): string | undefined => content && new TextDecoder().decode(content)

/** What every {@link RecordStore} must do. `create` is called once in each test, for a store that is empty. */
export function recordStoreContract(name: string, create: () => RecordStore | Promise<RecordStore>): void {
  describe(`a record store of ${name}`, () => {
    it('is empty at first', async () => {
      const store = await create()
      expect(await store.list('')).toEqual([])
      expect(await store.read('a')).toBeUndefined()
    })

    it('gives back what was published', async () => {
      const store = await create()
      const content = new Uint8Array([0, 1, 0xff, 0xfe, 10, 13])
      await store.publish('a', content)
      expect(await store.read('a')).toEqual(content)
    })

    it('is not changed by what happens to the bytes afterwards', async () => {
      const store = await create()
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
      const store = await create()
      for (const name of ['license-v1-b', 'license-v1-a', 'installation-v1']) await store.publish(name, bytes(name))
      expect([...(await store.list('license-v1-'))].sort()).toEqual(['license-v1-a', 'license-v1-b'])
      expect(await store.list('license-v2-')).toEqual([])
    })

    it('replaces a file whole', async () => {
      const store = await create()
      await store.publish('a', bytes('a long first content'))
      await store.publish('a', bytes('short'))
      expect(text(await store.read('a'))).toBe('short')
    })

    it('publishes once: the first content stays, and every later writer is told it', async () => {
      const store = await create()
      expect(text(await store.publishOnce('a', bytes('first')))).toBe('first')
      expect(text(await store.publishOnce('a', bytes('second')))).toBe('first')
      expect(text(await store.read('a'))).toBe('first')
    })

    it('has exactly one winner among writers that publish once at the same time', async () => {
      const store = await create()
      const writers = Array.from({ length: 24 }, (_, index) => bytes(`writer ${index}`))
      const told = await Promise.all(writers.map((content) => store.publishOnce('a', content)))
      const kept = text(await store.read('a'))
      expect(writers.map((content) => text(content))).toContain(kept)
      expect(new Set(told.map(text))).toEqual(new Set([kept]))
      expect(await store.list('')).toEqual(['a'])
    })

    it('is never seen torn by readers while writers replace a file', async () => {
      const store = await create()
      const contents = ['x', 'y'].map((letter) => letter.repeat(100_000))
      await store.publish('a', bytes('x'.repeat(100_000)))
      const writes = Array.from({ length: 10 }, (_, index) => store.publish('a', bytes(contents[index % 2] ?? '')))
      const reads = Array.from({ length: 30 }, () => store.read('a'))
      for (const read of await Promise.all(reads)) expect(contents).toContain(text(read))
      await Promise.all(writes)
    })

    it('removes a file, and does not mind when there is none', async () => {
      const store = await create()
      await store.publish('a', bytes('a'))
      await store.remove('a')
      await store.remove('a')
      expect(await store.read('a')).toBeUndefined()
    })

    it('takes a file out of the way, and does not mind when there is none', async () => {
      const store = await create()
      await store.publish('a', bytes('damaged'))
      await store.setAside('a')
      await store.setAside('a')
      expect(await store.read('a')).toBeUndefined()
      await store.publish('a', bytes('whole'))
      expect(text(await store.read('a'))).toBe('whole')
    })
  })
}
