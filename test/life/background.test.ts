import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../support/manual-clock.js'
import { type Story, starterKey, tellStory } from './story.js'

/** Lets time pass in small steps, so that work that a timer sets going ends before the next one is due. */
async function live(story: Story, lengthMs: number, stepMs = 10 * minuteMs): Promise<void> {
  for (let passed = 0; passed < lengthMs; passed += stepMs) {
    story.clock.advance(stepMs)
    for (let turn = 0; turn < 50; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  }
}

const asked = (story: Story, operation: string) => story.requests.filter((request) => request.operation === operation)

describe('the background schedule', () => {
  it('checks license and updates about every twelve hours, and never lets the license grow stale', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    client.start()
    const states = new Set<string>()
    for (let day = 0; day < 10; day += 1) {
      await live(story, dayMs)
      states.add(client.status().state)
    }
    expect([...states]).toEqual(['licensed'])
    expect(asked(story, 'verify').length).toBeGreaterThanOrEqual(19)
    expect(asked(story, 'verify').length).toBeLessThanOrEqual(24)
    expect(asked(story, 'updateCheck').length).toBeGreaterThanOrEqual(19)
    expect(asked(story, 'updateCheck').length).toBeLessThanOrEqual(24)
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
    expect(asked(story, 'verify').length).toBeLessThanOrEqual(6)
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
