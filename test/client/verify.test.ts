import { describe, expect, it } from 'vitest'
import { memoryRecordStore } from '../../src/adapters/memory-record-store.js'
import { hourMs, minuteMs } from '../support/manual-clock.js'
import { emulatedHub, key } from './emulated-hub.js'

async function activated() {
  const hub = emulatedHub()
  const client = hub.client()
  await client.activate(key)
  hub.emulator.clearArrivals()
  return { ...hub, client }
}

/** Resolves once the hub is being asked, and lets the answer wait for `go`. */
function heldAnswer({ emulator }: Pick<ReturnType<typeof emulatedHub>, 'emulator'>) {
  let go = () => {}
  const allowed = new Promise<void>((resolve) => {
    go = resolve
  })
  const asked = new Promise<void>((resolve) => {
    emulator.faults.inject({
      kind: 'respond',
      respond: async (_request, answer) => {
        resolve()
        await allowed
        return answer()
      },
    })
  })
  return { asked, go }
}

describe('verify()', () => {
  it('asks nothing while the record is fresh', async () => {
    const { client, clock, asked } = await activated()
    clock.advance(12 * hourMs - 1)
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'record' })
    expect(asked()).toBe(0)
  })

  it('asks once when the record has grown stale, and is fresh again', async () => {
    const { client, clock, asked } = await activated()
    clock.advance(12 * hourMs)
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub', verifiedAt: clock.now() })
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'record' })
    expect(asked()).toBe(1)
  })

  it.each([2, 10, 50])('makes one request of %i calls at once', async (calls) => {
    const { client, clock, asked } = await activated()
    clock.advance(13 * hourMs)
    const verdicts = await Promise.all(Array.from({ length: calls }, () => client.verify()))
    expect(new Set(verdicts.map(({ state }) => state))).toEqual(new Set(['licensed']))
    expect(asked()).toBe(1)
  })

  it('answers from a stale record at once where nobody wants to wait, and asks behind', async () => {
    const { client, clock, emulator, asked } = await activated()
    clock.advance(13 * hourMs)
    const answer = heldAnswer({ emulator })
    expect(await client.verify({ wait: false })).toMatchObject({ state: 'grace', reason: 'not-asked-yet' })
    await answer.asked
    answer.go()
    expect(await client.verify()).toMatchObject({ state: 'licensed' })
    expect(asked()).toBe(1)
  })

  it('asks nothing offline, however stale the record is', async () => {
    const { client, clock, asked } = await activated()
    clock.advance(300 * hourMs)
    expect(await client.verify({ offline: true })).toMatchObject({ state: 'grace', reason: 'not-asked-yet' })
    expect(asked()).toBe(0)
  })

  it('asks nothing without a license', async () => {
    const hub = emulatedHub()
    expect(await hub.client().verify({ fresh: true })).toMatchObject({ state: 'unknown', reason: 'no-record' })
    expect(hub.asked()).toBe(0)
  })

  it('sees a renewal at once, though it asks at most every five minutes while locked out', async () => {
    const { client, clock, emulator, asked } = await activated()
    emulator.setLicense(key, { status: 'revoked' })
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'unlicensed', reason: 'revoked' })
    emulator.setLicense(key, { status: 'active' })
    clock.advance(5 * minuteMs - 1)
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', source: 'record' })
    expect(asked()).toBe(1)
    clock.advance(1)
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
  })
})

describe('a call that is aborted', () => {
  it('rejects with a code of its own and the reason as cause', async () => {
    const { client, clock, emulator } = await activated()
    clock.advance(13 * hourMs)
    const answer = heldAnswer({ emulator })
    const abort = new AbortController()
    const call = client.verify({ signal: abort.signal })
    await answer.asked
    const reason = new Error('the user closed the window')
    abort.abort(reason)
    await expect(call).rejects.toMatchObject({ name: 'FlavorLicenseError', code: 'aborted', cause: reason })
  })

  it('leaves the others that wait for the same answer alone', async () => {
    const { client, clock, emulator, asked } = await activated()
    clock.advance(13 * hourMs)
    const answer = heldAnswer({ emulator })
    const abort = new AbortController()
    const impatient = client.verify({ signal: abort.signal })
    const patient = client.verify()
    await answer.asked
    abort.abort()
    await expect(impatient).rejects.toMatchObject({ code: 'aborted' })
    answer.go()
    expect(await patient).toMatchObject({ state: 'licensed', source: 'hub' })
    expect(asked()).toBe(1)
  })

  it('ends the request when nobody else waits, and the next call asks anew', async () => {
    const { client, clock, emulator, asked } = await activated()
    clock.advance(13 * hourMs)
    let ended = () => {}
    const end = new Promise<void>((resolve) => {
      ended = resolve
    })
    const abort = new AbortController()
    emulator.faults.inject({
      kind: 'respond',
      times: 1,
      respond: ({ signal }, answer) => {
        signal.addEventListener('abort', ended)
        abort.abort()
        return answer()
      },
    })
    await expect(client.verify({ signal: abort.signal })).rejects.toMatchObject({ code: 'aborted' })
    await end
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
    expect(asked()).toBe(2)
  })

  it.each(['verify', 'activate', 'deactivate', 'checkUpdates'] as const)('asks nothing: %s', async (method) => {
    const { client, asked } = await activated()
    const options = { signal: AbortSignal.abort(), fresh: true }
    const call = method === 'activate' ? client.activate(key, options) : client[method](options)
    await expect(call).rejects.toMatchObject({ code: 'aborted' })
    expect(asked()).toBe(0)
    expect(client.status()).toMatchObject({ state: 'licensed' })
  })
})

describe('status() and has()', () => {
  it('know nothing before the first verdict', () => {
    const client = emulatedHub().client()
    expect(client.status()).toMatchObject({ state: 'unknown', reason: 'not-checked' })
    expect(client.has('checkout')).toBe(false)
  })

  it('follow the last verdict without looking anywhere', async () => {
    const { client, asked } = await activated()
    expect(client.status()).toMatchObject({ state: 'licensed', source: 'record' })
    expect(client.has('checkout')).toBe(true)
    expect(client.has('white-label')).toBe(false)
    expect(asked()).toBe(0)
  })

  it('judge by the present time', async () => {
    const { client, clock } = await activated()
    clock.advance(13 * hourMs)
    expect(client.status()).toMatchObject({ state: 'grace' })
    expect(client.has('checkout')).toBe(true)
    clock.advance(20 * 24 * hourMs)
    expect(client.status()).toMatchObject({ state: 'unlicensed', reason: 'grace-over' })
    expect(client.has('checkout')).toBe(false)
  })

  it('know a license again after a restart, once it has been verified', async () => {
    const hub = emulatedHub()
    const store = memoryRecordStore()
    await hub.client({}, { store }).activate(key)
    const restarted = hub.client({}, { store })
    expect(restarted.has('checkout')).toBe(false)
    await restarted.verify({ offline: true })
    expect(restarted.has('checkout')).toBe(true)
  })
})

describe('a client that has been closed', () => {
  it.each(['verify', 'activate', 'deactivate', 'checkUpdates'] as const)(
    'refuses %s with a code of its own',
    async (method) => {
      const { client, asked } = await activated()
      await client.close()
      const call = method === 'activate' ? client.activate(key) : client[method]()
      await expect(call).rejects.toMatchObject({
        name: 'FlavorLicenseError',
        code: 'closed',
        message: expect.stringMatching(/^[A-Z].*\.$/),
      })
      expect(asked()).toBe(0)
    },
  )

  it('still tells what it knew, and may be closed twice', async () => {
    const { client } = await activated()
    await client.close()
    await client.close()
    expect(client.status()).toMatchObject({ state: 'licensed' })
  })

  it('answers a call that is under way from the record', async () => {
    const { client, clock, emulator } = await activated()
    clock.advance(13 * hourMs)
    const answer = heldAnswer({ emulator })
    const call = client.verify()
    await answer.asked
    await client.close()
    expect(await call).toMatchObject({ state: 'grace', source: 'record' })
  })
})
