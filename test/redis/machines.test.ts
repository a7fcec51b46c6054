import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { redisStore, type SharedStore } from '../../src/adapters/redis/index.js'
import { createEmulator, type RateLimitStrategy } from '../../src/emulator/index.js'
import { describeWhere } from '../process/support/machine.js'
import { startMachine } from './machine.js'
import { type ConnectedClient, onWrongClock, packages } from './redis-clients.js'
import { type RedisServer, startRedisServer } from './redis-server.js'

const key = 'FLVR-AGEN-CY00-0000-0001'
const hourMs = 60 * 60_000

describeWhere(['redis-server'], 'machines that share a Redis', () => {
  let server: RedisServer
  let connected: readonly ConnectedClient[]
  beforeEach(async () => {
    server = await startRedisServer()
    connected = await Promise.all([packages.redis(server.port), packages.ioredis(server.port)])
  })
  afterEach(async () => {
    for (const client of connected) client.close()
    await server.remove()
  })

  /** A process's own: one reaches Redis by `redis`, the next by `ioredis`, and so on. */
  let opened = 0
  function open(): SharedStore {
    const client = connected[opened % connected.length]?.client
    opened += 1
    if (!client) throw new Error('No client is connected yet.')
    return redisStore(client, { prefix: 'shop' })
  }

  function createHub() {
    let aheadMs = 0
    const hub = createEmulator({ clock: { now: () => Date.now() + aheadMs }, rateLimit: { strategy: 'off' } })
    return {
      hub,
      aheadMs: () => aheadMs,
      /** Lets time pass at the hub, and on the machines whose clocks are ahead as far. */
      advance(ms: number) {
        aheadMs += ms
      },
      asked: (path: string) => hub.arrivals.filter((arrival) => arrival.path.endsWith(path)).length,
      slots: () => hub.licenses().find((license) => license.key === key)?.activations.length,
    }
  }

  it('are one installation, by one request and one slot', async () => {
    const { hub, slots } = createHub()
    const [one, other] = [startMachine(hub, open).start(), startMachine(hub, open).start()]
    expect(await one.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(await other.verify()).toMatchObject({ state: 'licensed', source: 'record' })
    expect(hub.arrivals).toHaveLength(1)
    expect(slots()).toBe(1)
    expect([...one.warnings, ...other.warnings]).toEqual([])
  })

  it('send one request where many processes find the same stale record at once', async () => {
    const { hub, aheadMs, advance, asked } = createHub()
    const machines = [startMachine(hub, open, aheadMs), startMachine(hub, open, aheadMs)]
    const processes = machines.flatMap((machine) => Array.from({ length: 6 }, () => machine.start()))
    await processes[0]?.activate(key)
    advance(13 * hourMs)
    const verdicts = await Promise.all(processes.map((client) => client.verify({ deadlineMs: 15_000 })))
    expect(asked('/license/verify')).toBe(1)
    for (const verdict of verdicts) expect(verdict).toMatchObject({ state: 'licensed' })
  })

  const strategies: readonly RateLimitStrategy[] = ['fixed-window', 'moving-window', 'sliding-window-counter']
  it.each(strategies)('together never ask more often than a hub with a %s allows', async (strategy) => {
    const limit = 5
    const windowMs = 1_000
    const hub = createEmulator({ rateLimit: { strategy, windowMs, limits: { verify: limit } } })
    const errors = [0, -600_000, 600_000]
    const processes = errors.flatMap((error, index) => {
      const machine = startMachine(hub, open, () => error)
      return ['a', 'b'].map((name) =>
        machine.start({ domain: `${name}-${index}.com`, hub: { limits: { verify: { limit, windowMs } } } }),
      )
    })
    for (const client of processes) await client.activate(key)
    const end = performance.now() + 3 * windowMs
    const ask = async (client: (typeof processes)[number]) => {
      while (performance.now() < end) await client.verify({ fresh: true })
    }
    await Promise.all(processes.map(ask))
    expect(hub.arrivals.filter(({ status }) => status === 429)).toEqual([])
    expect(hub.arrivals.filter(({ category }) => category === 'verify').length).toBeGreaterThan(2 * limit)
  })

  it.each([
    ['ahead', [hourMs, 2 * hourMs, 3 * hourMs, 4 * hourMs]],
    ['back', [-hourMs, -2 * hourMs, -3 * hourMs, -4 * hourMs]],
    ['ahead and right again', [hourMs, 0, hourMs, 0]],
    ['by less than a window', [700, 0, -700, 500]],
  ])('never ask too often where the clock of the Redis is set %s', async (_how, errors) => {
    const limit = 5
    const windowMs = 1_000
    const hub = createEmulator({ rateLimit: { strategy: 'moving-window', windowMs, limits: { verify: limit } } })
    let error = 0
    const openWrong = () => {
      const [{ client } = { client: undefined }] = connected
      if (!client) throw new Error('No client is connected yet.')
      return redisStore(
        onWrongClock(client, () => error),
        { prefix: 'shop' },
      )
    }
    const processes = ['a', 'b', 'c', 'd'].map((name) =>
      startMachine(hub, openWrong).start({
        domain: `${name}.com`,
        hub: { limits: { verify: { limit, windowMs } } },
      }),
    )
    for (const client of processes) await client.activate(key)
    let isOver = false
    const ask = async (client: (typeof processes)[number]) => {
      while (!isOver) await client.verify({ fresh: true, deadlineMs: 2 * windowMs })
    }
    const asking = Promise.all(processes.map(ask))
    for (const next of errors) {
      await delay(windowMs + windowMs / 4)
      error = next
    }
    await delay(windowMs)
    isOver = true
    await asking
    expect(hub.arrivals.filter(({ status }) => status === 429)).toEqual([])
    expect(hub.arrivals.filter(({ category }) => category === 'verify').length).toBeGreaterThan(limit)
  })

  it('work on without a Redis that was killed, each with its copy, and say so once', async () => {
    const { hub, asked, slots } = createHub()
    const machine = startMachine(hub, open)
    const running = machine.start()
    const other = startMachine(hub, open).start()
    await running.activate(key)
    await other.verify()

    const asking = Array.from({ length: 8 }, () => running.verify({ fresh: true }))
    await server.kill()
    for (const verdict of await Promise.all(asking)) expect(verdict).toMatchObject({ state: 'licensed' })
    // What was read within a tenth of a second is not read again, and these go by the real clock.
    await delay(100)
    for (const client of [running, other, machine.start()]) {
      expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'record' })
    }
    const before = asked('/license/verify')
    expect(await running.verify({ fresh: true })).toMatchObject({ state: 'licensed', source: 'hub' })
    expect(asked('/license/verify')).toBe(before + 1)
    expect(await running.activate(key)).toMatchObject({ outcome: 'activated' })
    expect(slots()).toBe(1)
    expect([running.warnings, other.warnings]).toEqual([['shared-store-unavailable'], ['shared-store-unavailable']])
  })

  it('learn from each other again when it is back, though it has lost everything', async () => {
    const { hub, advance } = createHub()
    const [here, there] = [startMachine(hub, open), startMachine(hub, open)]
    const one = here.start()
    await one.activate(key)
    await there.start().verify()
    await server.kill()
    advance(hourMs)
    await one.deactivate()
    expect(await there.start().verify()).toMatchObject({ state: 'licensed' })
    await server.start()
    await reached()
    await one.verify()
    expect(await there.start().verify()).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
    for (const { directory } of [here, there]) {
      const contents = readdirSync(directory).map((name) => readFileSync(join(directory, name), 'utf8'))
      expect(contents.join()).not.toContain(key)
    }
  })

  it('wait for a Redis that hangs no longer than they say', async () => {
    const { hub } = createHub()
    const running = startMachine(hub, open).start()
    await running.activate(key)
    server.suspend()
    const started = performance.now()
    const verdicts = [await running.verify(), await running.verify({ fresh: true, deadlineMs: 3_000 })]
    expect(performance.now() - started).toBeLessThan(3_000)
    for (const verdict of verdicts) expect(verdict).toMatchObject({ state: 'licensed' })
    expect(running.warnings).toEqual(['shared-store-unavailable'])
    server.resume()
    await reached()
    expect(await startMachine(hub, open).start().verify()).toMatchObject({ state: 'licensed', source: 'record' })
  })

  /** Both clients have found the server again. */
  async function reached(): Promise<void> {
    for (const client of connected) {
      while ((await client.command('PING').catch(() => undefined)) === undefined) await delay(20)
    }
  }
})
