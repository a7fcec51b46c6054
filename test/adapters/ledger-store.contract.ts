import { describe, expect, it } from 'vitest'
import type { LedgerStore } from '../../src/ports/ledger-store.js'

/** One place where ledgers are kept, and a door to it for each process of the machine. */
export interface LedgerPlace {
  open(): LedgerStore
}

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const text = (content: Uint8Array | undefined): string | undefined => content && new TextDecoder().decode(content)

/** What every {@link LedgerStore} must do. `createPlace` is called once in each test, for a place that is empty. */
export function ledgerStoreContract(name: string, createPlace: () => LedgerPlace | Promise<LedgerPlace>): void {
  describe(`a ledger store of ${name}`, () => {
    it('is at version 0 at first, without content', async () => {
      const store = (await createPlace()).open()
      expect(await store.read('a')).toMatchObject({ version: 0, content: undefined })
    })

    it('gives back, at every door, the version that was written last', async () => {
      const place = await createPlace()
      const content = new Uint8Array([0, 1, 0xff, 0xfe, 10, 13])
      expect(await place.open().advance('a', 0, content)).toBe(true)
      expect(await place.open().read('a')).toMatchObject({ version: 1, content })
    })

    it('goes from version to version, far beyond what it keeps', async () => {
      const place = await createPlace()
      const store = place.open()
      for (let version = 0; version < 80; version += 1) {
        expect(await store.advance('a', version, bytes(`${version + 1}`))).toBe(true)
        expect(await place.open().read('a')).toMatchObject({ version: version + 1, content: bytes(`${version + 1}`) })
      }
    })

    it('is not changed by what happens to the bytes afterwards', async () => {
      const store = (await createPlace()).open()
      const content = bytes('first')
      await store.advance('a', 0, content)
      content.fill(0)
      const { content: read } = await store.read('a')
      expect(text(read)).toBe('first')
      read?.fill(0)
      expect(text((await store.read('a')).content)).toBe('first')
    })

    it('keeps names apart, also where one begins like the other', async () => {
      const store = (await createPlace()).open()
      const names = ['component', 'component-download', 'component-0', 'com']
      for (const [index, other] of names.entries()) {
        for (let version = 0; version <= index; version += 1) await store.advance(other, version, bytes(other))
      }
      for (const [index, other] of names.entries()) {
        expect(await store.read(other)).toMatchObject({ version: index + 1, content: bytes(other) })
      }
    })

    it.each([1, 2, 5, 40])('refuses whoever is %i versions behind, and changes nothing', async (behind) => {
      const place = await createPlace()
      const store = place.open()
      for (let version = 0; version < behind; version += 1) await store.advance('a', version, bytes(`${version + 1}`))
      for (let version = 0; version < behind; version += 1) {
        expect(await place.open().advance('a', version, bytes('late'))).toBe(false)
      }
      expect(await store.read('a')).toMatchObject({ version: behind, content: bytes(`${behind}`) })
    })

    it('lets one alone of all that advance a version at once succeed', async () => {
      const place = await createPlace()
      for (let version = 0; version < 10; version += 1) {
        const contents = Array.from({ length: 12 }, (_, index) => `${version}: ${index}`)
        const won = await Promise.all(contents.map((content) => place.open().advance('a', version, bytes(content))))
        expect(won.filter(Boolean)).toHaveLength(1)
        expect(text((await place.open().read('a')).content)).toBe(contents[won.indexOf(true)])
      }
    })

    it('loses no step of all that count together', async () => {
      const place = await createPlace()
      const count = async (store: LedgerStore): Promise<void> => {
        for (let steps = 0; steps < 10; ) {
          const { version, content } = await store.read('a')
          if (await store.advance('a', version, bytes(`${Number(text(content) ?? 0) + 1}`))) steps += 1
        }
      }
      await Promise.all(Array.from({ length: 6 }, () => count(place.open())))
      expect(await place.open().read('a')).toMatchObject({ version: 60, content: bytes('60') })
    })

    it('shows readers whole versions alone, and never an older one than before', async () => {
      const place = await createPlace()
      const whole = (version: number) => `${version} `.repeat(20_000)
      await place.open().advance('a', 0, bytes(whole(1)))
      const write = async () => {
        const store = place.open()
        for (let version = 1; version < 20; version += 1) await store.advance('a', version, bytes(whole(version + 1)))
      }
      const read = async () => {
        const store = place.open()
        for (let newest = 1; newest < 20; ) {
          const { version, content } = await store.read('a')
          expect(version).toBeGreaterThanOrEqual(newest)
          expect(text(content) === whole(version)).toBe(true)
          newest = version
        }
      }
      await Promise.all([write(), read(), read(), read()])
    })
  })
}
