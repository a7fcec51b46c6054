import { describe, expect, it } from 'vitest'
import { ownStrategy } from '../../bench/fleet/own-client.js'
import { peerStrategies } from '../../bench/fleet/peer-clients.js'
import { type OutageKind, outage, restartTogether, type Scenario, steadyState } from '../../bench/fleet/scenario.js'
import { simulate } from '../../bench/fleet/simulate.js'

const seed = 20_261_124

describe('a fleet in steady state', () => {
  const clients = 20_000
  const { arrivals, lost, mean, scenario } = simulate(ownStrategy, steadyState(), { clients, seed })

  it('asks evenly over the day', () => {
    // By chance alone, single minutes of so small a fleet differ by more than a fifth. Half hours show the schedule.
    const day = arrivals.subarray((scenario.judgedFrom - scenario.from) / 1000)
    const halfHours = Array.from({ length: 48 }, (_, index) =>
      day.subarray(index * 1800, (index + 1) * 1800).reduce((sum, value) => sum + value, 0),
    )
    expect(Math.max(...halfHours) / (mean * 1800)).toBeLessThan(1.2)
    expect(lost).toBe(0)
  })

  it('asks each question between once and 1.25 times in twelve hours', () => {
    expect((mean * 43_200) / (2 * clients)).toBeGreaterThan(1)
    expect((mean * 43_200) / (2 * clients)).toBeLessThan(1.25)
  })
})

/** Without the ordinary days that follow it: everybody has been served long before. */
function outageAlone(kind: OutageKind): Scenario {
  const scenario = outage(kind, 30)
  return { ...scenario, to: scenario.judgedFrom + 9 * 60 * 60_000 }
}

describe('ten thousand clients that become due while the hub is down', () => {
  it.each<OutageKind>(['spread', 'announced', 'weak'])('return gently from an outage: %s', (kind) => {
    const figures = simulate(ownStrategy, outageAlone(kind), { clients: 10_000, seed })
    expect(figures.peak).toBeLessThanOrEqual(50)
    expect(figures.mostAttempts).toBeLessThanOrEqual(15)
    expect(figures.recoveryMs).toBeLessThan(60 * 60_000)
    expect(figures.lost).toBe(0)
    expect(figures.overflow).toBe(0)
  })

  it('would stampede with the schedules of others', () => {
    const peaks = peerStrategies.map((peer) => simulate(peer, outage('together', 30), { clients: 10_000, seed }).peak)
    expect(Math.min(...peaks)).toBeGreaterThan(1_000)
  })
})

describe('a hub that manages less than the fleet asks', () => {
  const clients = 1_000
  const slow = { ...outageAlone('together'), answersPerSecond: 1 }

  it('turns many away, and serves everybody all the same', () => {
    const figures = simulate(ownStrategy, slow, { clients, seed })
    expect(figures.overflow).toBeGreaterThan(clients)
    expect(figures.mostAttempts).toBeLessThanOrEqual(15)
    expect(figures.lost).toBe(0)
  })
})

describe('the simulator', () => {
  it('gets the same arrivals from clients one after the other as from all at once', () => {
    const scenario = outageAlone('spread')
    const size = { clients: 500, seed }
    for (const strategy of [ownStrategy, ...peerStrategies]) {
      const inTurn = simulate(strategy, scenario, size)
      const atOnce = simulate(strategy, { ...scenario, answersPerSecond: Number.POSITIVE_INFINITY }, size)
      expect(atOnce.arrivals).toEqual(inTurn.arrivals)
      expect(atOnce.recoveryMs).toBe(inTurn.recoveryMs)
    }
  })
})

describe('a fleet that restarts within one second', () => {
  it('is never together again', () => {
    expect(simulate(ownStrategy, restartTogether(), { clients: 10_000, seed }).peak).toBeLessThanOrEqual(20)
  })
})
