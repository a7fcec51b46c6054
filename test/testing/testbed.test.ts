import { afterEach, describe, expect, it } from 'vitest'
import { createTestbed, type Testbed, TestbedError, type TestbedOptions } from '../../src/testing/index.js'

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

  const forward = 'Time can only move forward: give days, hours and minutes as numbers that are not negative.'
  it.each<[unknown, string]>([
    [{ days: -1 }, forward],
    [{ hours: Number.NaN }, forward],
    [{ minutes: Number.POSITIVE_INFINITY }, forward],
    [{ days: 2, hours: -1 }, forward],
    [{ days: 1e306 }, forward],
    [{ days: '20' }, forward],
    [{ day: 20 }, 'advance takes no "day", but days, hours, minutes.'],
    [1000, 'advance takes an object with some of the fields days, hours, minutes.'],
    [undefined, 'advance takes an object with some of the fields days, hours, minutes.'],
  ])('moves in no other direction than forward, by what it knows: %j', async (duration, sentence) => {
    const bed = testbed()
    const before = bed.now()
    const advanced = Reflect.apply(bed.advance, bed, [duration])
    await expect(advanced).rejects.toThrow(new TestbedError('invalid-duration', sentence))
    await expect(advanced).rejects.toMatchObject({ code: 'invalid-duration' })
    expect(bed.now()).toBe(before)
  })

  it.each<[unknown, string]>([
    [null, 'createTestbed takes an object with some of the fields product, domain, startsAt, '],
    [{ domian: 'mysite.com' }, 'createTestbed takes no "domian", but product, domain, startsAt, '],
    [{ startsAt: '2026-01-15' }, 'The value of startsAt must be a time in epoch milliseconds.'],
    [{ startsAt: 9e15 }, 'The value of startsAt must be a time in epoch milliseconds.'],
    [{ pinned: 'no' }, 'The value of pinned must be true or false.'],
  ])('takes no option that it does not know: %j', (options, sentence) => {
    const create = () => Reflect.apply(createTestbed, undefined, [options])
    expect(create).toThrow(sentence)
    expect(create).toThrow(expect.objectContaining({ name: 'TestbedError', code: 'invalid-option' }))
  })

  it.each<[unknown, string, string]>([
    [{ feature: ['a'] }, 'invalid-grant', 'grantLicense takes no "feature", but tier, features, expiresInDays, '],
    ['business', 'invalid-grant', 'grantLicense takes an object with some of the fields tier, features, '],
    [{ expiresInDays: '30' }, 'invalid-grant', 'The value of expiresInDays must be a number, or null for a lifetime '],
    [{ features: 'checkout' }, 'invalid-license', 'features must be Array'],
  ])('sells no license that there cannot be: %j', async (grant, code, sentence) => {
    const bed = testbed()
    const sold = Reflect.apply(bed.grantLicense, bed, [grant])
    await expect(sold).rejects.toThrow(sentence)
    await expect(sold).rejects.toMatchObject({ code })
    expect(bed.hub.licenses()).toEqual([])
  })

  it('cannot be set up with an option that no client takes', () => {
    expect(() => testbed({ domain: 'not a domain' })).toThrow(/not a domain/)
  })
})
