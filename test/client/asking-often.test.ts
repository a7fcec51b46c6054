import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import type { LicenseClient } from '../../src/license-client.js'
import { type ManualClock, minuteMs, startOfTime } from '../support/manual-clock.js'
import { type EmulatedHub, emulatedHub, key } from './emulated-hub.js'

interface Scene {
  readonly hub: EmulatedHub
  readonly clock: ManualClock
  /** Has just had the verdict that the license works. */
  readonly client: LicenseClient & { readonly told: { readonly verdict: readonly unknown[] } }
  /** Of another process with the same record. */
  readonly other: LicenseClient
  /** How often a record has been looked for since. */
  readonly readings: () => number
}

async function askedOnce(): Promise<Scene> {
  const hub = emulatedHub()
  const store = memoryRecordStore()
  const other = hub.client({}, { store })
  await other.activate(key)
  const client = hub.client({}, { store })
  onTestFinished(async () => void (await Promise.all([client.close(), other.close()])))
  await client.verify()
  const listing = vi.spyOn(store, 'list')
  return { hub, clock: hub.clock, client, other, readings: () => listing.mock.calls.length }
}

describe('a product that asks at each of its requests', () => {
  it('has its record read once in a tenth of a second', async () => {
    const { clock, client, readings } = await askedOnce()
    for (let call = 0; call < 100; call += 1) expect((await client.verify({ wait: false })).state).toBe('licensed')
    clock.advance(99)
    await client.verify()
    expect(readings()).toBe(0)
    clock.advance(1)
    expect((await client.verify()).state).toBe('licensed')
    expect(readings()).toBe(1)
    expect(client.told.verdict).toHaveLength(1)
  })

  it('sees a tenth of a second later what another process has done', async () => {
    const { clock, client, other } = await askedOnce()
    await other.deactivate()
    clock.advance(100)
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
  })

  it('is told at once that it has closed its client', async () => {
    const { client } = await askedOnce()
    await client.close()
    await expect(client.verify()).rejects.toMatchObject({ code: 'closed' })
  })

  it('sees at once what it has done itself', async () => {
    const { client } = await askedOnce()
    await client.deactivate()
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
  })

  it('sees at once that another process has brought the license back', async () => {
    const { client, other } = await askedOnce()
    await client.deactivate()
    await client.verify()
    await other.activate(key)
    expect((await client.verify()).state).toBe('licensed')
  })

  it('is told to the millisecond that the license has ended', async () => {
    const { hub, clock, client } = await askedOnce()
    hub.emulator.setLicense(key, { expiresAt: startOfTime + minuteMs })
    await client.verify({ fresh: true })
    clock.advance(minuteMs - 1)
    expect((await client.verify()).state).toBe('licensed')
    clock.advance(1)
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'expired' })
  })

  it('has the hub asked when it says so', async () => {
    const { client } = await askedOnce()
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'licensed', source: 'hub' })
  })

  it('has the record read again when the clock was set back', async () => {
    const { clock, client, readings } = await askedOnce()
    clock.setWallClock(startOfTime - minuteMs)
    await client.verify()
    expect(readings()).toBe(1)
  })
})
