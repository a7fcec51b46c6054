import { describe, expect, it } from 'vitest'
import { businessKey, type Story, starterKey, tellStory } from './story.js'

/** Lets the hub do its work on the next request of a kind, and keeps its answer back. */
function holdAnswer({ hub }: Story, route: 'verify' | 'deactivate'): { readonly done: Promise<void>; release(): void } {
  let finish = () => {}
  let release = () => {}
  const done = new Promise<void>((resolve) => {
    finish = resolve
  })
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  hub.faults.inject({
    kind: 'respond',
    route,
    times: 1,
    respond: async (_request, proceed) => {
      const response = await proceed()
      finish()
      await held
      return response
    },
  })
  return { done, release: () => release() }
}

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

    const answer = holdAnswer(story, 'verify')
    const verifying = story.start().verify({ fresh: true })
    await answer.done
    await client.deactivate()
    answer.release()
    expect(await verifying).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'deactivated' })
  })

  it('leaves a key that another process has activated meanwhile', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)

    const answer = holdAnswer(story, 'deactivate')
    const deactivating = client.deactivate()
    await answer.done
    expect(await story.start().activate(businessKey)).toMatchObject({ outcome: 'activated' })
    answer.release()
    expect(await deactivating).toMatchObject({ outcome: 'deactivated' })
    expect(await story.start().verify()).toMatchObject({ state: 'licensed', tier: 'business' })
    expect([story.slots(starterKey), story.slots(businessKey)]).toEqual([0, 1])
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
