import { setImmediate as nextTurn } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { hourMs, minuteMs, startOfTime } from '../support/manual-clock.js'
import { emulatedHub, key } from './emulated-hub.js'

describe('the verdict event', () => {
  it('comes when the verdict changes, and only then', async () => {
    const { client: open, clock, emulator } = emulatedHub()
    const client = open()
    await client.verify()
    await client.verify()
    await client.activate(key)
    await client.verify()
    await client.verify({ fresh: true })
    clock.advance(minuteMs)
    emulator.setLicense(key, { status: 'revoked' })
    await client.verify({ fresh: true })
    await client.verify({ fresh: true })
    await client.deactivate()
    expect(client.told.verdict.map(({ state }) => state)).toEqual(['unknown', 'licensed', 'unlicensed', 'unlicensed'])
    expect(client.told.verdict.at(-1)).toMatchObject({ reason: 'deactivated' })
  })

  it('does not flash a grace period that the same call ends', async () => {
    const { client: open, clock } = emulatedHub()
    const client = open()
    await client.activate(key)
    clock.advance(13 * hourMs)
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
    expect(client.told.verdict.map(({ state }) => state)).toEqual(['licensed'])
  })

  it('comes for a new reason and for new terms', async () => {
    const { client: open, clock, emulator } = emulatedHub()
    const client = open()
    await client.activate(key)
    emulator.setLicense(key, { tier: 'business', features: ['erp'] })
    clock.advance(minuteMs)
    await client.verify({ fresh: true })
    clock.advance(13 * hourMs)
    emulator.faults.inject({ kind: 'html' })
    await client.verify()
    expect(client.told.verdict).toMatchObject([
      { state: 'licensed', tier: 'starter' },
      { state: 'licensed', tier: 'business', features: ['erp'] },
      { state: 'grace', reason: 'not-json' },
    ])
  })
})

describe('a listener that fails', () => {
  it.each<readonly [string, () => unknown]>([
    [
      'at once',
      () => {
        throw new Error('at once')
      },
    ],
    ['later', () => Promise.reject(new Error('later'))],
  ])('%s, has no effect', async (_when, fail) => {
    const rejected = vi.fn()
    process.on('unhandledRejection', rejected)
    onTestFinished(() => void process.off('unhandledRejection', rejected))
    const { client: open } = emulatedHub()
    const client = open()
    client.on('verdict', fail)
    expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
    // Node tells of it once the turn is over.
    await nextTurn()
    await nextTurn()
    expect(rejected).not.toHaveBeenCalled()
  })
})

describe('the warning event', () => {
  it('says once that the hub is not pinned', async () => {
    const { client: open } = emulatedHub({ signing: false })
    const client = open()
    await client.activate(key)
    await client.verify()
    await client.verify({ fresh: true })
    expect(client.told.warning).toEqual([{ code: 'unpinned-hub', message: expect.stringMatching(/trustedKeys.*\.$/) }])
  })

  it('has nothing to say of a pinned one', async () => {
    const { client: open } = emulatedHub()
    const client = open()
    await client.activate(key)
    await client.verify({ fresh: true })
    expect(client.told.warning).toEqual([])
  })
})

describe('the request event', () => {
  it('tells of each request what it was and how it ended, and nothing else', async () => {
    const { client: open, clock, emulator } = emulatedHub()
    const client = open()
    await client.activate(key)
    await client.checkUpdates()
    clock.advance(hourMs)
    emulator.faults.inject({ kind: 'drop', times: 1 })
    await client.verify({ fresh: true })
    emulator.faults.inject({ kind: 'status', status: 503, times: 1 })
    await client.verify({ fresh: true })
    await client.deactivate()
    const sentAt = startOfTime + hourMs
    expect(client.told.request).toEqual([
      { operation: 'activate', sentAt: startOfTime, durationMs: 0, status: 200, outcome: 'answer' },
      { operation: 'updateCheck', sentAt: startOfTime, durationMs: 0, status: 200, outcome: 'answer' },
      { operation: 'verify', sentAt, durationMs: 0, status: null, outcome: 'connection-lost' },
      { operation: 'verify', sentAt, durationMs: 0, status: 503, outcome: 'hub-failed' },
      { operation: 'deactivate', sentAt, durationMs: 0, status: 200, outcome: 'answer' },
    ])
  })
})

describe('listeners', () => {
  it('end when they are told to', async () => {
    const { client: open } = emulatedHub()
    const client = open()
    const heard: string[] = []
    const end = client.on('verdict', ({ state }) => heard.push(state))
    await client.verify()
    end()
    await client.activate(key)
    expect(heard).toEqual(['unknown'])
  })

  it('that throw break neither the call nor the others', async () => {
    const { client: open } = emulatedHub()
    const client = open()
    client.on('request', () => {
      throw new Error('a mistake of the author')
    })
    const heard: string[] = []
    client.on('request', ({ operation }) => heard.push(operation))
    expect(await client.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(heard).toEqual(['activate'])
  })
})

describe('whatever is said', () => {
  it('never holds the license key', async () => {
    const { client: open, clock, emulator } = emulatedHub({ signing: false })
    const client = open()
    const said: unknown[] = [await client.activate(key)]
    said.push(await client.activate('FLVR-REVO-KED0-0000-0001'), await client.activate('not a key FLVR-ABCD-EFGH'))
    clock.advance(13 * hourMs)
    emulator.faults.inject({ kind: 'status', status: 422, body: JSON.stringify({ detail: [{ input: key }] }) })
    said.push(await client.verify(), await client.checkUpdates(), await client.deactivate(), client.told)
    emulator.faults.clear()
    said.push(await client.deactivate(), client.status(), client.told, await client.explain())
    expect(JSON.stringify(said)).not.toMatch(/ABCD|EFGH|IJKL|REVO|KED0/)
    expect(JSON.stringify(said)).toContain('FLVR-****-****-****-MNOP')
  })
})
