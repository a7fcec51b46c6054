import { describe, expect, it, onTestFinished } from 'vitest'
import { byDeadline } from '../../src/asking/by-deadline.js'
import type { Clock } from '../../src/ports/clock.js'
import { manualClock } from '../support/manual-clock.js'

describe('work with a deadline', () => {
  it('is what it comes to in time, and leaves no timer behind', async () => {
    const clock = manualClock()
    expect(await byDeadline(clock, 100, Promise.resolve('done'))).toBe('done')
    await expect(byDeadline(clock, 100, Promise.reject(new Error('failed')))).rejects.toThrow('failed')
    expect(clock.untilNext()).toBeUndefined()
  })

  it('is waited for until then and no longer, whatever becomes of it', async () => {
    const clock = manualClock()
    clock.advance(30)
    let fail = (_: Error) => {}
    const work = new Promise<string>((_resolve, reject) => {
      fail = reject
    })
    const found = byDeadline(clock, 100, work)
    expect(clock.untilNext()).toBe(70)
    clock.advance(70)
    expect(await found).toBeUndefined()
    // Nobody is there any more who could be told.
    fail(new Error('too late'))
    await expect(work).rejects.toThrow('too late')
  })

  it('fails with the clock, and leaves no failure of the work behind that nobody hears of', async () => {
    const clock: Clock = {
      ...manualClock(),
      monotonic: () => {
        throw new Error('no clock')
      },
    }
    const unheard: unknown[] = []
    const hear = (reason: unknown) => void unheard.push(reason)
    process.on('unhandledRejection', hear)
    onTestFinished(() => void process.off('unhandledRejection', hear))
    await expect(byDeadline(clock, 100, Promise.reject(new Error('failed too')))).rejects.toThrow('no clock')
    await new Promise((resolve) => setTimeout(resolve))
    expect(unheard).toEqual([])
  })
})
