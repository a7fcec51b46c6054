import { describe, expect, it, vi } from 'vitest'
import { fetchTransport } from '../../src/adapters/fetch-transport.js'
import type { Arrival } from '../../src/emulator/index.js'
import { createEngine, type Engine } from '../../src/engine/engine.js'
import { judge } from '../../src/engine/license/verdict-on.js'
import { createScheduler } from '../../src/engine/scheduler.js'
import { readOptions } from '../../src/read-options.js'
import { clientPorts } from '../support/client-ports.js'
import { dayMs, hourMs, minuteMs } from '../support/manual-clock.js'
import { businessKey, hubUrl, type Story, starterKey, tellStory } from './story.js'

const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve))
}

/** Lets all work end that no timer holds back: also what waits for code that is loaded on demand, however long it takes. */
async function settled(): Promise<void> {
  await turns(25)
  await vi.dynamicImportSettled()
  await turns(25)
}

/** Lets time pass in small steps, so that work that a timer sets going ends before the next one is due. */
async function live(story: Story, lengthMs: number, stepMs = 10 * minuteMs): Promise<void> {
  for (let passed = 0; passed < lengthMs; passed += stepMs) {
    story.clock.advance(stepMs)
    await settled()
  }
}

/** What a scheduler works with on the machine of a story, whose chance is always one half. */
function schedulerEngine({ clock, hub, store }: Story): Engine {
  const settings = readOptions({
    product: { slug: 'flavor-starter', version: '1.4.2' },
    domain: 'mysite.com',
    hub: { url: hubUrl, trustedKeys: hub.keys },
  })
  const ports = clientPorts({ clock, store, transport: fetchTransport(hub.fetch) })
  return createEngine(settings, {
    ...ports,
    random: { ...ports.random, fraction: () => 0.5 },
    observer: { notify: () => undefined },
  })
}

const asked = (story: Story, operation: string) => story.requests.filter((request) => request.operation === operation)

describe('the background schedule', () => {
  it('checks license and updates in twelve hours or a fifth less, never alike, and no license grows stale', async () => {
    const story = tellStory()
    const client = story.start({ installationId: 'installation-one' })
    await client.activate(starterKey)
    client.start()
    const states = new Set<string>()
    for (let day = 0; day < 10; day += 1) {
      await live(story, dayMs)
      states.add(client.status().state)
    }
    expect([...states]).toEqual(['licensed'])
    for (const operation of ['verify', 'updateCheck']) {
      // The first two bring the installation to its place.
      const times = asked(story, operation)
        .slice(2)
        .map(({ sentAt }) => sentAt)
      const gaps = times.slice(1).map((time, index) => (time - (times[index] ?? 0)) / (12 * hourMs))
      expect(gaps.length).toBeGreaterThan(15)
      // A look at the plan comes up to ten minutes late here.
      expect(Math.min(...gaps)).toBeGreaterThan(0.78)
      expect(Math.max(...gaps)).toBeLessThan(1.02)
      expect(Math.max(...gaps) - Math.min(...gaps)).toBeGreaterThan(0.05)
    }
    await client.close()
  })

  it('asks less and less while the hub is away, and finds it again', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    client.start()
    story.hub.faults.inject({ kind: 'status', status: 500 })
    await live(story, 3 * dayMs)
    expect(client.status()).toMatchObject({ state: 'grace', reason: 'hub-failed' })
    expect(asked(story, 'verify').length).toBeLessThan(25)
    story.hub.faults.clear()
    await live(story, 8 * hourMs)
    expect(client.status()).toMatchObject({ state: 'licensed' })
    await client.close()
  })

  it('keeps its times across restarts of the product', async () => {
    const story = tellStory()
    await story.start().activate(starterKey)
    for (let hour = 0; hour < 48; hour += 1) {
      const client = story.start()
      client.start()
      await live(story, hourMs)
      await client.close()
    }
    for (const operation of ['verify', 'updateCheck']) {
      expect(asked(story, operation).length).toBeGreaterThanOrEqual(4)
      expect(asked(story, operation).length).toBeLessThanOrEqual(6)
    }
  })

  it('keeps its back-off across restarts of the product', async () => {
    const story = tellStory()
    await story.start().activate(starterKey)
    story.hub.faults.inject({ kind: 'status', status: 500 })
    for (let hour = 0; hour < 48; hour += 1) {
      const client = story.start()
      client.start()
      await live(story, hourMs)
      await client.close()
    }
    expect(asked(story, 'verify').length).toBeLessThan(16)
    expect(asked(story, 'updateCheck').length).toBeLessThan(20)
  })

  describe('the place of an installation', () => {
    async function secondCheck(installationId: string, key: string): Promise<number | undefined> {
      const story = tellStory()
      const client = story.start({ installationId })
      await client.activate(key)
      client.start()
      await live(story, dayMs)
      await client.close()
      return asked(story, 'verify')[1]?.sentAt
    }

    it('is its own, the same on every run, and another with another license', async () => {
      const place = await secondCheck('installation-one', starterKey)
      expect(place).toBeDefined()
      expect(await secondCheck('installation-one', starterKey)).toBe(place)
      expect(await secondCheck('installation-two', starterKey)).not.toBe(place)
      expect(await secondCheck('installation-one', businessKey)).not.toBe(place)
    })
  })

  it('notices within minutes that the machine was suspended', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    client.start()
    await live(story, hourMs)
    const before = asked(story, 'verify').length
    story.clock.setWallClock(story.clock.now() + 3 * dayMs)
    await live(story, 10 * minuteMs, minuteMs)
    expect(asked(story, 'verify').length).toBe(before + 1)
    expect(client.status()).toMatchObject({ state: 'licensed' })
    await client.close()
  })

  it('asks again in a wide spread when its own budget was used up', async () => {
    const story = tellStory()
    const engine = schedulerEngine(story)
    const times: number[] = []
    const scheduler = createScheduler(engine, {
      verify: async () => {
        times.push(story.clock.now())
        const setback = { reason: 'over-budget', retryAt: story.clock.now() + minuteMs } as const
        return judge(engine, await engine.keeper.load(), story.clock.now(), 'record', setback)
      },
      checkUpdates: async () => ({ outcome: 'refused', reason: 'not-entitled', message: '' }),
    })
    await story.start().activate(starterKey)
    story.clock.advance(dayMs)
    scheduler.start()
    await live(story, hourMs, minuteMs / 2)
    scheduler.close()
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0))
    expect(gaps.length).toBeGreaterThan(1)
    // The spread of a quarter of an hour, whose half the chance of this test is.
    for (const gap of gaps) expect(gap).toBe(8.5 * minuteMs)
  })

  it('ends with the client', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    client.start()
    await live(story, hourMs)
    await client.close()
    const before = story.requests.length
    await live(story, 3 * dayMs)
    expect(story.requests.length).toBe(before)
    expect(() => client.start()).toThrow(expect.objectContaining({ code: 'closed' }))
  })

  it('ends at once with the client, even in the middle of a request', async () => {
    const ended: Arrival[] = []
    const story = tellStory({ onArrival: (arrival) => ended.push(arrival) })
    const client = story.start()
    await client.activate(starterKey)
    story.hub.faults.inject({ kind: 'silence', route: 'updateCheck' })
    client.start()
    await settled()
    expect(ended.map(({ route }) => route)).toEqual(['activate'])
    await client.close()
    await settled()
    expect(ended.map(({ route, status }) => [route, status])).toEqual([
      ['activate', 200],
      ['updateCheck', null],
    ])
  })

  it('calls off at once what waits for its turn', async () => {
    const story = tellStory()
    await story.start().activate(starterKey)
    const signals: (AbortSignal | undefined)[] = []
    const scheduler = createScheduler(schedulerEngine(story), {
      verify: () => new Promise(() => undefined),
      checkUpdates: ({ signal }) => {
        signals.push(signal)
        return new Promise(() => undefined)
      },
    })
    scheduler.start()
    await settled()
    expect(signals.map((signal) => signal?.aborted)).toEqual([false])
    scheduler.close()
    expect(signals.map((signal) => signal?.aborted)).toEqual([true])
  })

  it('does not begin where the client was closed at once', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    client.start()
    await client.close()
    await live(story, dayMs)
    expect(asked(story, 'updateCheck')).toEqual([])
  })

  it('runs once, however often it is started', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    for (let times = 0; times < 3; times += 1) client.start()
    await live(story, dayMs)
    expect(asked(story, 'verify').length).toBeLessThanOrEqual(3)
    await client.close()
  })

  it('tells of what becomes of the license as events', async () => {
    const story = tellStory()
    const client = story.start()
    const told: string[] = []
    client.on('verdict', (verdict) => told.push('reason' in verdict ? verdict.reason : verdict.state))
    await client.activate(starterKey)
    client.start()
    await live(story, hourMs)
    story.hub.setLicense(starterKey, { status: 'revoked' })
    await live(story, 12 * hourMs)
    story.hub.setLicense(starterKey, { status: 'active' })
    await live(story, 2 * hourMs)
    story.hub.faults.inject({ kind: 'status', status: 500 })
    await live(story, 16 * dayMs, 2 * hourMs)
    expect(told).toEqual(['licensed', 'revoked', 'licensed', 'hub-failed', 'grace-over'])
    await client.close()
  })

  it('tells of an update as an event', async () => {
    const story = tellStory()
    const client = story.start()
    const versions: string[] = []
    client.on('update', ({ version }) => versions.push(version))
    await client.activate(starterKey)
    client.start()
    await live(story, hourMs)
    expect(versions).toEqual(['1.5.0'])
    await client.close()
  })
})
