import { describe, expect, it } from 'vitest'
import { generateSigningKey } from '../../src/issuing/index.js'
import { hubUrl, starterKey, tellStory } from './story.js'

describe('pinned keys', () => {
  it('pinned later, make an existing installation verify anew and keep its record until then', async () => {
    const story = tellStory()
    await story.start({ pinned: false }).activate(starterKey)
    const names = await story.store.list('license-')

    const pinned = story.start()
    story.hub.faults.inject({ kind: 'silence', times: 1 })
    const unanswered = await pinned.verify({ offline: true })
    expect(unanswered).toMatchObject({ state: 'unknown', reason: 'proof-missing' })
    expect(await story.store.list('license-')).toEqual(names)
    story.hub.faults.clear()
    expect(await pinned.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
    expect(await story.start().verify()).toMatchObject({ state: 'licensed', source: 'record' })
  })

  it('rotate: a record under the old key counts while that key is pinned, and not after', async () => {
    const story = tellStory()
    await story.start().activate(starterKey)
    const next = generateSigningKey('next')
    const both = { ...story.hub.keys, next: next.publicKey }
    expect(await story.start({ hub: { url: hubUrl, trustedKeys: both } }).verify()).toMatchObject({ state: 'licensed' })

    const onlyNext = { next: next.publicKey }
    const client = story.start({ hub: { url: hubUrl, trustedKeys: onlyNext } })
    expect(await client.verify()).toMatchObject({
      state: 'unknown',
      reason: 'proof-missing',
      lastAttempt: { reason: 'proof-invalid' },
    })
  })

  it('a hub that signs nothing changes nothing', async () => {
    const story = tellStory({ signing: false })
    const trustedKeys = { hub: generateSigningKey().publicKey }
    const client = story.start({ hub: { url: hubUrl, trustedKeys } })
    expect(await client.activate(starterKey)).toMatchObject({ outcome: 'deferred', reason: 'proof-missing' })
    expect((await client.verify()).state).toBe('unknown')
  })

  it('left out, are warned of once', async () => {
    const story = tellStory()
    const client = story.start({ pinned: false })
    await client.verify()
    await client.verify()
    expect(story.warnings.map((warning) => warning.code)).toEqual(['unpinned-hub'])
  })
})
