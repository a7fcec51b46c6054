import { setTimeout as delay } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Lock, LockState } from '../../src/ports/lock.js'

/** One place where locks are kept, and a door to it for each process. */
export interface LockPlace {
  open(): Lock
  /** Leaves a lock behind, as a process does that is killed while it holds it. */
  abandon(name: string): Promise<void>
}

const forLong = 20_000
const state = (held: LockState) => Promise.resolve(held)

/** What every {@link Lock} must do. `createPlace` is called once in each test, for a place without locks. */
export function lockContract(name: string, createPlace: () => LockPlace | Promise<LockPlace>): void {
  describe(`a lock of ${name}`, () => {
    it('is held by whoever takes it, one after another', async () => {
      const place = await createPlace()
      expect(await place.open().hold('a', 0, state)).toBe('held')
      expect(await place.open().hold('a', 0, state)).toBe('held')
    })

    it('gives back what the operation does, also where that fails, and is free again', async () => {
      const lock = (await createPlace()).open()
      await expect(lock.hold('a', 0, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
      expect(await lock.hold('a', 0, () => Promise.resolve(7))).toBe(7)
      expect(await lock.hold('a', 0, state)).toBe('held')
    })

    it('lets nobody in while another holds it, and everybody in the end', async () => {
      const place = await createPlace()
      let inside = 0
      const states = await Promise.all(
        Array.from({ length: 8 }, () =>
          place.open().hold('a', forLong, async (held) => {
            inside += 1
            expect(inside).toBe(1)
            await delay(2)
            inside -= 1
            return held
          }),
        ),
      )
      expect(new Set(states)).toEqual(new Set(['held']))
    })

    it('goes on without it when patience ends, and says so', async () => {
      const place = await createPlace()
      await place.open().hold('a', 0, async () => {
        expect(await place.open().hold('a', 0, state)).toBe('contended')
        expect(await place.open().hold('a', 60, state)).toBe('contended')
      })
    })

    it('is one for each name', async () => {
      const place = await createPlace()
      await place.open().hold('a', 0, async () => {
        expect(await place.open().hold('b', 0, state)).toBe('held')
      })
    })

    it('comes free when its holder is gone', async () => {
      const place = await createPlace()
      await place.abandon('a')
      expect(await place.open().hold('a', 0, state)).toBe('contended')
      expect(await place.open().hold('a', forLong, state)).toBe('held')
    })

    it('stays with a holder that takes longer than a killed one is waited for', async () => {
      const place = await createPlace()
      await place.open().hold('a', 0, async () => {
        await delay(2_500)
        expect(await place.open().hold('a', 0, state)).toBe('contended')
      })
    })
  })
}
