import { describe, expect, it } from 'vitest'
import { starterKey, tellStory } from './story.js'

describe('moving a site', () => {
  it('makes the new domain an activation of its own, and says so', async () => {
    const story = tellStory()
    await story.start().activate(starterKey)
    const moved = story.start({ domain: 'newsite.com' })
    expect(await moved.verify()).toMatchObject({ state: 'unknown', reason: 'no-record', domain: 'newsite.com' })
    expect(story.warnings).toContainEqual(expect.objectContaining({ code: 'domain-changed' }))
    expect(await moved.activate(starterKey)).toMatchObject({ outcome: 'refused', reason: 'limit-reached' })

    await story.start().deactivate()
    expect(await moved.activate(starterKey)).toMatchObject({ outcome: 'activated' })
  })

  it('takes no slot for a staging domain', async () => {
    const story = tellStory()
    await story.start().activate(starterKey)
    expect(await story.start({ domain: 'shop.test' }).activate(starterKey)).toMatchObject({
      outcome: 'activated',
      verdict: { staging: true },
    })
  })
})

describe('reset', () => {
  it('forgets the license here and leaves the slot at the hub', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    await client.verify({ fresh: true })
    expect(await client.reset()).toEqual({ outcome: 'reset', removed: 2 })
    expect(await client.verify()).toMatchObject({ state: 'unknown', reason: 'no-record' })
    expect(client.status()).toMatchObject({ state: 'unknown', reason: 'no-record' })
    expect(story.slots(starterKey)).toBe(1)
    expect(await client.activate(starterKey)).toMatchObject({ outcome: 'activated' })
  })

  it('leaves another product and another domain alone', async () => {
    const story = tellStory()
    const other = story.start({ domain: 'shop.test' })
    await other.activate(starterKey)
    await story.start().reset()
    expect(await other.verify()).toMatchObject({ state: 'licensed', source: 'record' })
  })
})

describe('a product without a site', () => {
  it('is activated under a name that stands for the installation', async () => {
    const story = tellStory()
    const client = story.start({ domain: 'auto' })
    expect(client.status().domain).toBe('auto')
    await client.activate(starterKey)
    expect(client.status().domain).toMatch(/^[0-9a-f]{16}\.device\.invalid$/)
    expect((await story.start({ domain: 'auto' }).verify()).state).toBe('licensed')
  })

  it('keeps one slot in throw-away containers that are given an installation id', async () => {
    const stories = [tellStory(), tellStory()]
    const domains = await Promise.all(
      stories.map(async (story) => {
        const client = story.start({ domain: 'auto', installationId: 'container-7' })
        await client.activate(starterKey)
        return client.status().domain
      }),
    )
    expect(new Set(domains).size).toBe(1)
  })
})
