import { afterEach, describe, expect, it, vi } from 'vitest'
import { systemClock } from '../../src/adapters/system-clock.js'

afterEach(() => {
  vi.restoreAllMocks()
})

describe('a timer of the system clock', () => {
  it.each([
    ['as long as it is told', 60_000, 60_000],
    ['no longer than a timer can: a longer one would fire at once', 400 * 86_400_000, 2 ** 31 - 1],
    ['no longer than a timer can, where it is never to fire', Number.POSITIVE_INFINITY, 2 ** 31 - 1],
    ['not at all, where its time has passed', -5, 0],
  ])('waits %s, and does not keep the process alive', (_length, delayMs, expected) => {
    const setting = vi.spyOn(globalThis, 'setTimeout')
    const timer = systemClock.after(delayMs, () => undefined)
    expect(setting).toHaveBeenCalledExactlyOnceWith(expect.any(Function), expected)
    expect(setting.mock.results[0]?.value.hasRef()).toBe(false)
    timer.cancel()
  })

  it('can be called off', async () => {
    const fired = vi.fn()
    systemClock.after(0, fired).cancel()
    await systemClock.sleep(5)
    expect(fired).not.toHaveBeenCalled()
  })
})

describe('a sleep of the system clock', () => {
  it('ends with its signal, however long it is', async () => {
    const waking = new AbortController()
    const sleeping = systemClock.sleep(Number.POSITIVE_INFINITY, waking.signal)
    waking.abort()
    await expect(sleeping).resolves.toBeUndefined()
  })
})

describe('the time of the system clock', () => {
  it('is of one boot, and only moves forward', () => {
    expect(systemClock.boot()).toBe(systemClock.boot())
    expect(systemClock.boot()).not.toBe('')
    const before = systemClock.monotonic()
    expect(systemClock.monotonic()).toBeGreaterThanOrEqual(before)
  })
})
