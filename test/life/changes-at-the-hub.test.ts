import { describe, expect, it } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../support/manual-clock.js'
import { starterKey, tellStory } from './story.js'

describe('changes at the hub', () => {
  it('a revocation is seen at the next check, and a reactivation after that at once', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    story.hub.setLicense(starterKey, { status: 'revoked' })
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'record' })
    story.clock.advance(13 * hourMs)
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'revoked', source: 'hub' })

    story.hub.setLicense(starterKey, { status: 'active' })
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', source: 'record' })
    story.clock.advance(5 * minuteMs)
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
  })

  it('a renewal is seen although earlier checks were refused or lost', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    story.clock.advance(400 * dayMs)
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'expired', source: 'hub' })
    story.hub.faults.inject({ kind: 'status', status: 500, times: 3 })
    for (let attempt = 0; attempt < 3; attempt += 1) {
      story.clock.advance(6 * minuteMs)
      expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'expired' })
    }
    story.hub.setLicense(starterKey, { expiresAt: story.clock.now() + 365 * dayMs })
    story.clock.advance(6 * minuteMs)
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
  })

  it('a tier that this version does not know passes through', async () => {
    const story = tellStory()
    expect(await story.start().activate('FLVR-PLAT-INUM-0000-0001')).toMatchObject({ verdict: { tier: 'platinum' } })
  })

  it('a check that is not waited for asks behind and tells the outcome as an event', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    story.clock.advance(13 * hourMs)
    const told = new Promise((resolve) =>
      client.on('verdict', (verdict) => verdict.source === 'hub' && resolve(verdict)),
    )
    expect(await client.verify({ wait: false })).toMatchObject({ state: 'grace', reason: 'not-asked-yet' })
    expect(await told).toMatchObject({ state: 'licensed', source: 'hub' })
  })

  it('an outage is asked about less and less, and does not slow down a start', async () => {
    const story = tellStory()
    const client = story.start()
    await client.activate(starterKey)
    story.hub.faults.inject({ kind: 'status', status: 503 })
    story.clock.advance(13 * hourMs)
    expect(await client.verify()).toMatchObject({ state: 'grace', reason: 'hub-failed' })
    const asked = story.requests.length
    expect(await client.verify()).toMatchObject({
      state: 'grace',
      reason: 'hub-failed',
      lastAttempt: { reason: 'hub-failed' },
    })
    expect(story.requests.length).toBe(asked)
    for (let minute = 0; minute < 60; minute += 1) {
      story.clock.advance(minuteMs)
      await client.verify()
    }
    expect(story.requests.length - asked).toBeLessThanOrEqual(4)
    story.clock.advance(15 * dayMs)
    expect(await client.verify()).toMatchObject({ state: 'unlicensed', reason: 'grace-over' })
  })
})
