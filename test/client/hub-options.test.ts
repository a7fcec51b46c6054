import { describe, expect, it } from 'vitest'
import type { RateLimitStrategy } from '../../src/emulator/index.js'
import { machineRoutes } from '../../src/protocol/routes.js'
import { readHubUrl } from '../../src/read-options.js'
import { manualClock } from '../support/manual-clock.js'
import { emulatedHub, key } from './emulated-hub.js'

describe('the hub', () => {
  it('is the one that FlavorTeam documents where none is given', () => {
    expect(readHubUrl(undefined)).toBe('https://admin.flavorteam.dev/api/v1')
  })
})

describe('the hub.routes option', () => {
  it('leads every request to the paths of a hub that differs', async () => {
    const paths = { activate: '/seats/take', verify: '/seats/check', deactivate: '/seats/free', updateCheck: '/new' }
    const routes = Object.fromEntries(
      (['activate', 'verify', 'deactivate', 'updateCheck'] as const).map((name) => [
        name,
        { ...machineRoutes[name], path: paths[name] },
      ]),
    )
    const hub = emulatedHub({ routes })
    const client = hub.client({ hub: { routes: paths } })
    expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(await client.verify({ fresh: true })).toMatchObject({ source: 'hub' })
    expect(await client.checkUpdates()).toMatchObject({ outcome: 'available' })
    expect(await client.deactivate()).toMatchObject({ outcome: 'deactivated' })
    expect(hub.emulator.arrivals.map(({ path }) => path)).toEqual([
      '/api/v1/seats/take',
      '/api/v1/seats/check',
      '/api/v1/new',
      '/api/v1/seats/free',
    ])
  })
})

describe('the hub.limits option', () => {
  const windowMs = 2_000
  const limit = 5
  const limits = { verify: { limit, windowMs } }

  const strategies: readonly RateLimitStrategy[] = ['fixed-window', 'moving-window', 'sliding-window-counter']

  it.each(strategies)('keeps to shortened limits, so that no verification is denied: %s', async (strategy) => {
    const clock = manualClock({ selfWinding: true })
    const hub = emulatedHub({ rateLimit: { strategy, windowMs, limits: { verify: limit } } }, clock)
    const client = hub.client({ hub: { limits }, verifyDeadlineMs: 60_000 })
    await client.activate(key)
    const started = clock.monotonic()
    for (let count = 0; count < 12; count += 1) {
      expect(await client.verify({ fresh: true })).toMatchObject({ state: 'licensed', source: 'hub' })
    }
    const verifications = hub.emulator.arrivals.filter(({ route }) => route === 'verify')
    expect(verifications.map(({ status }) => status)).toEqual(Array.from({ length: 12 }, () => 200))
    // Twelve at five per window take more than two windows, and need not take many more.
    expect(clock.monotonic() - started).toBeGreaterThan(2 * windowMs)
    expect(clock.monotonic() - started).toBeLessThan(6 * windowMs)
  })

  it('is what keeps them: without it the same hub denies some', async () => {
    const clock = manualClock({ selfWinding: true })
    const hub = emulatedHub({ rateLimit: { windowMs, limits: { verify: limit } } }, clock)
    const client = hub.client()
    await client.activate(key)
    for (let count = 0; count < 12; count += 1) await client.verify({ fresh: true })
    expect(hub.emulator.arrivals.map(({ status }) => status)).toContain(429)
  })

  it('answers at once when no place comes free within the deadline', async () => {
    const clock = manualClock({ selfWinding: true })
    const hub = emulatedHub({}, clock)
    const client = hub.client({ hub: { limits: { verify: { limit: 1, windowMs: 60_000 } } } })
    await client.activate(key)
    await client.verify({ fresh: true })
    const asked = hub.asked()
    const before = clock.now()
    const verdict = await client.verify({ fresh: true })
    expect(verdict).toMatchObject({ state: 'licensed', source: 'record', lastAttempt: { reason: 'over-budget' } })
    expect(verdict.lastAttempt?.retryAt).toBeGreaterThan(before + 60_000 - 1)
    expect(clock.now()).toBe(before)
    expect(hub.asked()).toBe(asked)
  })
})
