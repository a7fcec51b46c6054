import { describe, expect, it } from 'vitest'
import { hourMs } from '../support/manual-clock.js'
import { starterKey, tellStory } from './story.js'

describe('explain', () => {
  it('says what the verdict rests on', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    story.clock.advance(hourMs)
    const explanation = await client.explain()
    expect(explanation).toMatchObject({
      verdict: { state: 'licensed' },
      record: { status: 'active', basis: 'hub', ageMs: hourMs, activationPending: false, backOff: null },
      clock: { offsetMs: 0, behindFloor: false },
      hub: { trustedKeys: Object.keys(story.hub.keys) },
      network: { client: 'fetch' },
    })
    expect(Object.keys(explanation.nextPermittedAt)).toContain('verify')
  })

  it('holds no key, no token and no nonce', async () => {
    const story = tellStory()
    const client = story.start()
    story.hub.faults.inject({ kind: 'drop', route: 'activate', when: 'after', times: 1 })
    await client.activate(starterKey)
    await client.verify()
    const text = JSON.stringify(await client.explain())
    expect(text).not.toContain(starterKey)
    expect(text).not.toMatch(/ey[\w-]{20,}\./)
    expect(text).not.toContain('nonce')
  })

  it('works where nothing is on record', async () => {
    expect(await tellStory().start().explain()).toMatchObject({ verdict: { state: 'unknown' }, record: null })
  })
})
