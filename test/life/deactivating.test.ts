import { describe, expect, it } from 'vitest'
import { starterKey, tellStory } from './story.js'

describe('deactivating', () => {
  it('frees the slot and leaves the key in no generation', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    await client.verify({ fresh: true })
    expect(await client.deactivate()).toEqual({ outcome: 'deactivated', activations: { used: 0, limit: 1 } })
    expect(story.slots(starterKey)).toBe(0)
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'deactivated', licenseKey: null })
    for (const name of await story.store.list('')) {
      const [, payload = ''] = new TextDecoder().decode(await story.store.read(name)).split('.')
      expect(Buffer.from(payload, 'base64url').toString()).not.toContain(starterKey)
    }
  })

  it('wins over a verification that is under way', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)

    let answer = () => {}
    const held = new Promise<void>((resolve) => {
      answer = resolve
    })
    story.hub.faults.inject({
      kind: 'respond',
      route: 'verify',
      times: 1,
      respond: async (_request, proceed) => {
        const response = await proceed()
        await held
        return response
      },
    })
    const verifying = story.start().verify({ fresh: true })
    await client.deactivate()
    answer()
    expect(await verifying).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
  })

  it('is undone by activating again', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    await client.deactivate()
    expect(await client.activate(starterKey)).toMatchObject({ outcome: 'activated' })
    expect(await story.start().verify()).toMatchObject({ state: 'licensed', source: 'record' })
  })

  it('keeps the license when the hub does not answer', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    story.hub.faults.inject({ kind: 'html', status: 200, html: '<p>Sign in</p>' })
    expect(await client.deactivate()).toMatchObject({ outcome: 'deferred', reason: 'not-json' })
    expect(await client.verify()).toMatchObject({ state: 'licensed' })
  })

  it('has nothing to do without a license', async () => {
    expect(await tellStory().start().deactivate()).toEqual({ outcome: 'not-activated' })
  })
})
