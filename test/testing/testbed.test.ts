import { afterEach, describe, expect, it } from 'vitest'
import { createTestbed, type Testbed, type TestbedOptions } from '../../src/testing/index.js'

let open: Testbed | undefined
afterEach(() => open?.close())

function testbed(options?: TestbedOptions): Testbed {
  open = createTestbed(options)
  return open
}

describe('a testbed', () => {
  it('tells in three lines what a product does on day 20 without a network', async () => {
    const { license, ...bed } = testbed()
    await bed.grantLicense({ features: ['checkout'] })
    bed.goOffline()
    await bed.advance({ days: 10 })
    expect(await license.verify()).toMatchObject({ state: 'grace', reason: 'name-not-resolved' })
    expect(license.has('checkout')).toBe(true)

    await bed.advance({ days: 10 })
    expect(await license.verify()).toMatchObject({ state: 'unlicensed', reason: 'grace-over' })
    expect(license.has('checkout')).toBe(false)

    bed.goOnline()
    expect(await license.verify({ fresh: true })).toMatchObject({ state: 'licensed', source: 'hub' })
  })

  it.each([true, false])('lets the background checks take place that are due meanwhile, pinned: %s', async (pinned) => {
    const bed = testbed({ pinned })
    await bed.grantLicense()
    bed.license.start()
    bed.hub.clearArrivals()
    await bed.advance({ days: 7 })
    const verified = bed.hub.arrivals.filter(({ route }) => route === 'verify')
    expect(verified.length).toBeGreaterThanOrEqual(13)
    expect(verified.length).toBeLessThanOrEqual(16)
    expect(bed.license.status()).toMatchObject({ state: 'licensed' })
  })

  it('tells a product at its next check that the vendor has revoked the license', async () => {
    const bed = testbed()
    const key = await bed.grantLicense()
    bed.hub.setLicense(key, { status: 'revoked' })
    expect(await bed.license.verify()).toMatchObject({ state: 'licensed' })
    await bed.advance({ hours: 13 })
    expect(await bed.license.verify()).toMatchObject({ state: 'unlicensed', reason: 'revoked' })
  })

  it('offers no update until there is one', async () => {
    const bed = testbed()
    await bed.grantLicense()
    expect(await bed.license.checkUpdates()).toMatchObject({ outcome: 'current' })
    await bed.advance({ hours: 13 })
    bed.hub.addRelease({ product: 'test-product', version: '1.1.0' })
    expect(await bed.license.checkUpdates()).toMatchObject({ outcome: 'available', release: { version: '1.1.0' } })
  })

  it('starts a product anew with what is on its disk', async () => {
    const bed = testbed({ product: { slug: 'my-plugin', version: '2.0.0' }, domain: 'auto' })
    await bed.grantLicense({ tier: 'agency', expiresInDays: null })
    const before = bed.license
    bed.goOffline()
    const after = await bed.restart()
    expect(after).not.toBe(before)
    expect(bed.license).toBe(after)
    expect(await after.verify()).toMatchObject({ state: 'licensed', tier: 'agency', expiresAt: null, source: 'record' })
  })

  it('gives every license a key of its own, and the place of the first to the second', async () => {
    const bed = testbed()
    const first = await bed.grantLicense({ expiresInDays: 30, activationLimit: 1 })
    const second = await bed.grantLicense()
    expect(second).not.toBe(first)
    expect(bed.hub.licenses().map(({ activations }) => activations.length)).toEqual([0, 1])
  })

  it('never stops for its budgets: a call that must wait lets the time pass', async () => {
    const bed = testbed()
    await bed.grantLicense()
    const before = bed.now()
    for (let count = 0; count < 40; count += 1) await bed.license.verify({ fresh: true, deadlineMs: 120_000 })
    expect(bed.now()).toBeGreaterThan(before)
    expect(bed.hub.arrivals.filter(({ status }) => status === 429)).toEqual([])
  })

  it.each([{ days: -1 }, { hours: Number.NaN }, { minutes: Number.POSITIVE_INFINITY }])(
    'moves in no other direction than forward: %j',
    async (duration) => {
      await expect(testbed().advance(duration)).rejects.toThrow(/Time can only move forward/)
    },
  )

  it('cannot be set up with an option that no client takes', () => {
    expect(() => testbed({ domain: 'not a domain' })).toThrow(/not a domain/)
  })
})
