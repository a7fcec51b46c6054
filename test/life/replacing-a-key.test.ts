import { describe, expect, it } from 'vitest'
import { businessKey, starterKey, tellStory } from './story.js'

describe('replacing a key', () => {
  it("frees the old key's slot", async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    expect(await client.activate(businessKey)).toMatchObject({ outcome: 'activated', verdict: { tier: 'business' } })
    expect([story.slots(starterKey), story.slots(businessKey)]).toEqual([0, 1])
  })

  it('frees it later when the hub does not answer at once', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    story.hub.faults.inject({ kind: 'drop', route: 'deactivate', when: 'before', times: 1 })
    await client.activate(businessKey)
    expect(story.slots(starterKey)).toBe(1)

    await story.start().deactivate()
    expect([story.slots(starterKey), story.slots(businessKey)]).toEqual([0, 0])
  })

  it('keeps the old license when the hub refuses the new key', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    expect(await client.activate('FLVR-REVO-KED0-0000-0001')).toMatchObject({ outcome: 'refused', reason: 'revoked' })
    expect(await client.verify()).toMatchObject({ state: 'licensed', tier: 'starter', source: 'record' })
    expect(await client.verify({ fresh: true })).toMatchObject({ state: 'licensed', tier: 'starter', source: 'hub' })
  })

  it('takes no second slot when the same key is entered again', async () => {
    const story = tellStory()
    await story.start().activate(starterKey)
    expect(await story.start().activate(starterKey)).toMatchObject({ outcome: 'activated' })
    expect(story.slots(starterKey)).toBe(1)
  })
})

describe('an activation whose answer was lost', () => {
  it('is found by the next verify, in a new process', async () => {
    const story = tellStory()
    story.hub.faults.inject({ kind: 'drop', route: 'activate', when: 'after', times: 1 })
    expect(await story.start().activate(starterKey)).toMatchObject({ outcome: 'deferred', reason: 'connection-lost' })
    expect(story.slots(starterKey)).toBe(1)

    expect(await story.start().verify()).toMatchObject({ state: 'licensed', source: 'hub' })
    expect(story.slots(starterKey)).toBe(1)
  })

  it('is forgotten when the hub never saw it', async () => {
    const story = tellStory()
    story.hub.faults.inject({ kind: 'drop', route: 'activate', when: 'before', times: 1 })
    const client = story.start()
    await client.activate(starterKey)
    expect(await client.verify()).toMatchObject({ state: 'unknown', reason: 'no-record' })
    const asked = story.requests.length
    await client.verify()
    expect(story.requests.length).toBe(asked)
  })

  it('can be retried', async () => {
    const story = tellStory()
    story.hub.faults.inject({ kind: 'drop', route: 'activate', when: 'after', times: 1 })
    const client = story.start()
    await client.activate(starterKey)
    expect(await client.activate(starterKey)).toMatchObject({ outcome: 'activated' })
    expect(story.slots(starterKey)).toBe(1)
  })
})
