import { afterAll, describe, expect, it } from 'vitest'
import { dayMs, hourMs, minuteMs, startOfTime } from '../support/manual-clock.js'
import { type Story, starterKey, tellStory } from './story.js'

const graceEndMs = 14 * dayMs + 12 * hourMs
const errors = [-400 * dayMs, -30 * dayMs, -hourMs, -4 * minuteMs, 0, 4 * minuteMs, hourMs, 30 * dayMs, 400 * dayMs]

interface MachineWithClock extends Story {
  /** The user sets the clock, to this far from the true time. */
  readonly setError: (errorMs: number) => void
}

function machineWithClockError(errorMs: number): MachineWithClock {
  const story = tellStory({ leaseMs: 60 * dayMs }, errorMs)
  const setError = (ms: number) => story.clock.setWallClock(startOfTime + story.clock.monotonic() + ms)
  return { ...story, setError }
}

describe('a clock that is wrong', () => {
  let lockouts = 0
  afterAll(() => process.stdout.write(`clock: false lockouts ${lockouts}\n`))

  it.each(errors)('by %i ms all the time makes grace neither longer nor shorter', async (errorMs) => {
    const story = machineWithClockError(errorMs)
    const client = story.start()
    await client.activate(starterKey)
    const { state } = await client.verify()
    if (state !== 'licensed') lockouts += 1
    expect(state).toBe('licensed')
    story.hub.faults.inject({ kind: 'status', status: 500 })

    story.clock.advance(graceEndMs - 1)
    expect(await client.verify({ offline: true })).toMatchObject({ state: 'grace' })
    story.clock.advance(1)
    expect(await client.verify({ offline: true })).toMatchObject({ state: 'unlicensed', reason: 'grace-over' })
  })

  it.each(errors)('by %i ms after the activation locks nobody out while the hub answers', async (errorMs) => {
    const story = machineWithClockError(0)
    const client = story.start()
    await client.activate(starterKey)
    story.setError(errorMs)
    for (let step = 0; step < 8; step += 1) {
      const { state } = await client.verify()
      if (state !== 'licensed') lockouts += 1
      expect(state).toBe('licensed')
      story.clock.advance(7 * hourMs)
    }
  })

  it('that ran ahead and was set right says so, and the hub heals it at once', async () => {
    const story = machineWithClockError(0)
    const client = story.start()
    await client.activate(starterKey)
    story.hub.faults.inject({ kind: 'status', status: 500 })
    story.setError(400 * dayMs)
    expect(await client.verify({ offline: true })).toMatchObject({ state: 'unlicensed' })
    story.setError(0)
    expect(await client.verify({ offline: true })).toMatchObject({ state: 'unlicensed', reason: 'clock' })
    story.hub.faults.clear()
    expect(await client.verify()).toMatchObject({ state: 'licensed', source: 'hub' })
  })

  it('stands still below what is known to have passed, and gains nothing', async () => {
    const story = machineWithClockError(0)
    const client = story.start()
    await client.activate(starterKey)
    story.hub.faults.inject({ kind: 'status', status: 500 })
    story.clock.advance(14 * dayMs)
    const before = await client.verify({ offline: true })
    story.setError(-13 * dayMs)
    const after = await client.verify({ offline: true })
    expect(before).toMatchObject({ state: 'grace' })
    expect(after).toMatchObject({ state: 'grace' })
    if (before.state === 'grace' && after.state === 'grace') expect(after.endsAt).toBe(before.endsAt)
    story.setError(0)
    story.clock.advance(12 * hourMs)
    expect(await client.verify({ offline: true })).toMatchObject({ state: 'unlicensed', reason: 'grace-over' })
  })

  it('that stood still while the machine slept counts the sleep', async () => {
    const story = machineWithClockError(0)
    const client = story.start()
    await client.activate(starterKey)
    story.hub.faults.inject({ kind: 'status', status: 500 })
    // A suspended machine's wall clock goes on; nothing of its own runs meanwhile.
    story.clock.advance(graceEndMs)
    expect(await client.verify({ offline: true })).toMatchObject({ state: 'unlicensed', reason: 'grace-over' })
  })
})
