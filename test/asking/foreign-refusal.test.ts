import { describe, expect, it } from 'vitest'
import { memoryLedgerStore } from '../../src/adapters/memory-ledger-store.js'
import type { Arrival, RateLimitStrategy } from '../../src/emulator/index.js'
import { emulatedHub, key } from '../client/emulated-hub.js'
import { manualClock, minuteMs } from '../support/manual-clock.js'

const limit = 4
const windowMs = minuteMs

/** Three products of one machine, and somebody else behind the same address. */
async function sharedAddress(strategy: RateLimitStrategy) {
  const clock = manualClock({ selfWinding: true })
  const hub = emulatedHub({ rateLimit: { strategy, windowMs, limits: { verify: limit } } }, clock)
  const ledger = memoryLedgerStore()
  hub.emulator.setLicense(key, { activationLimit: -1 })
  const limits = { verify: { limit, windowMs } }
  const products = ['one.com', 'two.com', 'three.com'].map((domain) =>
    hub.client({ domain, hub: { limits } }, { ledger }),
  )
  for (const product of products) await product.activate(key)
  hub.emulator.clearArrivals()

  const body = JSON.stringify({ license_key: key, product_slug: 'flavor-starter', domain: 'foreign.com' })
  const headers = { 'content-type': 'application/json', 'user-agent': 'foreign' }
  return {
    clock,
    /** What the products have sent. */
    sent: () => hub.emulator.arrivals.filter(({ userAgent }) => userAgent !== 'foreign'),
    async foreign(count: number) {
      for (let sent = 0; sent < count; sent += 1) {
        await hub.emulator.fetch('https://hub.example/api/v1/license/verify', { method: 'POST', headers, body })
      }
    },
    /** Every product asks every five seconds, however long that takes. */
    async insist(ms: number, meanwhile: () => Promise<void> = async () => undefined) {
      const end = clock.monotonic() + ms
      while (clock.monotonic() < end) {
        await meanwhile()
        for (const product of products) {
          expect(await product.verify({ fresh: true, deadlineMs: 500 })).toMatchObject({ state: 'licensed' })
        }
        clock.advance(5_000)
      }
    },
  }
}

/** What a request has to do with the last refusal before it, and with the request before it. */
function gapsOf(arrivals: readonly Arrival[]) {
  return arrivals
    .slice(1)
    .map(({ at }, index) => ({ gap: at - (arrivals[index]?.at ?? 0), after: arrivals[index]?.status }))
}

describe('a machine that is told to wait because of somebody else', () => {
  it.each(['fixed-window', 'sliding-window-counter'] as const)(
    'is silent, sends one probe, asks evenly, and has all of its limit again after 20 minutes (%s)',
    { timeout: 120_000 },
    async (strategy) => {
      const { clock, sent, foreign, insist } = await sharedAddress(strategy)
      await foreign(limit)
      const start = clock.now()
      await insist(10 * minuteMs)
      const [freeze, ...paced] = gapsOf(sent())
      expect(freeze).toMatchObject({ after: 429 })
      expect(freeze?.gap).toBeGreaterThanOrEqual(windowMs)
      expect(freeze?.gap).toBeLessThan(windowMs + 12_000)
      expect(Math.min(...paced.map(({ gap }) => gap))).toBeGreaterThanOrEqual(windowMs / (limit / 2))
      expect(Math.max(...paced.map(({ gap }) => gap))).toBeLessThan(windowMs / (limit / 2) + 7_000)

      await insist(16 * minuteMs)
      const lastMinutes = sent().filter(({ at }) => at > start + 22 * minuteMs)
      expect(lastMinutes.length / 4).toBeGreaterThan(limit * 0.9)
      expect(sent().filter(({ status }) => status !== 200)).toHaveLength(1)
    },
  )

  it('finds the pace of a hub that lets nobody in who has not been silent for a window (elastic-expiry)', async () => {
    const { sent, foreign, insist } = await sharedAddress('elastic-expiry')
    await foreign(limit)
    await insist(12 * minuteMs)
    const gaps = gapsOf(sent())
    const freezes = gaps.filter(({ after }) => after === 429)
    expect(Math.min(...freezes.map(({ gap }) => gap))).toBeGreaterThanOrEqual(windowMs)
    // The first is the other one's; the second says that half of the limit is too much here.
    expect(freezes).toHaveLength(2)
    expect(gaps.slice(-5).map(({ gap }) => Math.floor(gap / windowMs))).toEqual([1, 1, 1, 1, 1])
  })

  it('asks no more than once in a window while the other one goes on, and does not keep itself out', async () => {
    const { sent, foreign, insist } = await sharedAddress('elastic-expiry')
    await foreign(limit)
    await insist(5 * minuteMs, () => foreign(1))
    expect(sent().length).toBeLessThanOrEqual(5)
    expect(sent().every(({ status }) => status === 429)).toBe(true)
    await insist(3 * minuteMs)
    expect(sent().at(-1)?.status).toBe(200)
  })
})
