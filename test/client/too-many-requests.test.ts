import { describe, expect, it } from 'vitest'
import { withDrift } from '../../src/domain/budget/rate-budget.js'
import { type RateLimitBody, rateLimitBodies } from '../../src/emulator/index.js'
import { minuteMs, startOfTime } from '../support/manual-clock.js'
import { type EmulatedHub, emulatedHub, key } from './emulated-hub.js'

/** How much longer than the minute that a client waits in any case, in a window of five of which 43 s are over. */
const restMs = 5 * minuteMs - 43_000

const waits: Readonly<Record<RateLimitBody, number>> = {
  slowapi: minuteMs,
  'slowapi-headers': restMs,
  'slowapi-headers-date': restMs,
  'limit-detail': minuteMs,
  'sentence-detail': minuteMs,
  'coded-detail': minuteMs,
  'retry-after-seconds': restMs,
  'retry-after-date': restMs,
  'nginx-503': minuteMs,
  'nginx-429': minuteMs,
  cdn: minuteMs,
}

/** A hub that allows two activations in five minutes, and somebody behind the same address who asked just now. */
async function crowdedHub(body: RateLimitBody, foreignRequests: number): Promise<EmulatedHub> {
  const hub = emulatedHub({ rateLimit: { limits: { activation: 2 }, windowMs: 5 * minuteMs, body } })
  for (let sent = 0; sent < foreignRequests; sent += 1) {
    const question = { license_key: key, product_slug: 'flavor-starter', domain: 'other.com' }
    await hub.emulator.fetch('https://hub.example/api/v1/license/deactivate', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(question),
    })
  }
  hub.clock.advance(43_000)
  return hub
}

describe('a hub that somebody else has asked too often', () => {
  it.each(rateLimitBodies)('is left alone for as long as it says, and a minute at least: %s', async (body) => {
    const hub = await crowdedHub(body, 2)
    const client = hub.client()
    const outcome = await client.activate(key)
    const reason = body === 'nginx-503' ? 'hub-failed' : 'rate-limited'
    expect(outcome).toMatchObject({ outcome: 'deferred', reason })
    const waited = outcome.outcome === 'deferred' ? outcome.retryAt - hub.clock.now() : 0
    expect(waited).toBeGreaterThanOrEqual(waits[body])
    expect(waited).toBeLessThanOrEqual(waits[body] + 5_000)

    const asked = hub.asked()
    hub.clock.advance(waited - 16_000)
    expect(await client.activate(key)).toMatchObject({ outcome: 'deferred', reason: 'over-budget' })
    expect(hub.asked()).toBe(asked)
  })

  it.each(['slowapi-headers', 'slowapi-headers-date'] as const)(
    'is not even asked where it has said that nothing is left: %s',
    async (body) => {
      const hub = await crowdedHub(body, 1)
      const client = hub.client()
      expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
      expect(await client.deactivate()).toMatchObject({
        outcome: 'deferred',
        reason: 'over-budget',
        // The hub's window is longer than any that is documented, so that no more than a minute of it is believed.
        retryAt: startOfTime + 43_000 + withDrift({ limit: 10, windowMs: minuteMs }).windowMs,
      })
      expect(hub.emulator.arrivals.filter(({ status }) => status === 429)).toEqual([])
    },
  )
})
